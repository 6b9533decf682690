import { createContext, Script } from 'node:vm'

/** A realm in which mapping scripts run: every argument and every answer of its functions is a primitive. */
export interface Realm {
  /** Runs a script on a person; the answer is JSON: a value, or a fault (`ScriptResult`). */
  evaluate(source: string, person: string, iteration: number, marker: string): string
  /** Remembers every built-in object and global as it is. */
  watch(): void
  /** Whether nothing has changed since it was remembered. */
  isUnchanged(): boolean
}

/**
 * What scripts find besides the language, and what runs them, in the realm's own words: nothing of this process is reachable.
 *
 * `deleteDiacriticalMarks`. Documented (complex source mappings page): which characters are replaced. Assumed: by what (`ð`
 * becomes `e` in the widely copied table that has the same order of characters), and that the apostrophe which ends the page's
 * list is a quote of their code: a name keeps its apostrophe. Characters outside the list (`ß`, `æ`, `ł`, `Ý`) stay as they are.
 *
 * Dates. Documented: the dates of a person are texts (ISO 8601, no zone). Observed (public mappings): scripts call the methods of
 * a Date on them as well as those of a text, so a text that is an ISO date has both. Methods that change a Date are left out: a
 * text cannot change, and a script that believes it did would map the wrong date.
 *
 * Accounts. Documented: a value from a system in which the person has no account is empty. So each such system is an empty object,
 * and reading from it is reported.
 *
 * The value is that of the last expression, which only `eval` gives; scripts themselves get an `eval` and a `Function` that
 * refuse. Left out of the realm: what runs later than its script, and what takes memory outside of the heap and its limit.
 */
const program = String.raw`
(function (global, runnerOf) {
  'use strict'
  const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf, isExtensible, deleteProperty, defineProperty, apply, has } = Reflect
  const { parse, stringify } = JSON
  const { create, is } = Object
  const { isArray } = Array
  const [NativeDate, NativeString, NativeProxy, NativeRegExp] = [Date, String, Proxy, RegExp]
  const [test, exec, slice] = [RegExp.prototype.test, RegExp.prototype.exec, String.prototype.slice]
  const unbox = [String.prototype.valueOf, Number.prototype.valueOf, Boolean.prototype.valueOf]
  const dateToIso = Date.prototype.toISOString
  const promiseThen = Promise.prototype.then

  for (const name of ownKeys(global)) {
    if (typeof name === 'string' && /^(Promise|WebAssembly|Atomics|WeakRef|FinalizationRegistry|console|DataView|(Shared)?ArrayBuffer|\w+Array)$/.test(name))
      delete global[name]
  }
  const define = (object, name, value) => defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false })
  const refuse = function () { throw new EvalError('text cannot be run as code') }
  for (const sample of [function () {}, function* () {}, async function () {}, async function* () {}]) {
    const prototype = getPrototypeOf(sample)
    const Refused = function Function() { refuse() }
    define(Refused, 'prototype', prototype)
    defineProperty(prototype, 'constructor', { value: Refused })
    if (prototype === Function.prototype) define(global, 'Function', Refused)
  }
  // The runner takes one source from here: a script that gets hold of it has nothing to run.
  let next = ''
  const take = () => {
    const source = next
    next = ''
    return source
  }
  const run = runnerOf(eval, take, refuse)
  define(global, 'eval', refuse)
  // Node calls it with the frames of the stack, and a frame has its function.
  defineProperty(Error, 'prepareStackTrace', { value: undefined })
  defineProperty(global, 'Error', { value: Error, writable: false, configurable: false, enumerable: false })

  const from = 'ÀÁÂÃÄÅàáâãäåÒÓÔÕÖØòóôõöøÈÉÊËèéêëðÇĆçćÐÌÍÎÏìíîïÙÚÛÜùúûüÑñŠṠṢṤṦṨŞšṡṣṥṧṩşŸÿýŽž'
  const to = 'AAAAAAaaaaaaOOOOOOooooooEEEEeeeeeCCccDIIIIiiiiUUUUuuuuNnSSSSSSSsssssssYyyZz'
  define(global, 'deleteDiacriticalMarks', function deleteDiacriticalMarks(value) {
    return String(value).replace(/[^\u0000-\u007f]/g, function (character) {
      const index = from.indexOf(character)
      return index < 0 ? character : to.charAt(index)
    })
  })

  const isoDate = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/
  for (const name of ownKeys(Date.prototype)) {
    if (typeof name !== 'string' || !/^(get|to(ISO|Date|Time|UTC|GMT|LocaleDate|LocaleTime)String)/.test(name)) continue
    const own = Date.prototype[name]
    const method = function () { return apply(own, new NativeDate(NativeString(this)), arguments) }
    defineProperty(String.prototype, name, {
      configurable: true,
      enumerable: false,
      get() { return typeof this === 'string' && apply(test, isoDate, [this]) ? method : undefined },
      set(value) { if (typeof this === 'object') define(this, name, value) },
    })
  }

  function addAccounts(person, missing) {
    if (person === null || typeof person !== 'object') return
    const given = person.Accounts
    const accounts = given !== null && typeof given === 'object' ? given : {}
    const handler = create(null)
    handler.get = (target, system) => {
      const value = target[system]
      if (typeof system === 'symbol' || (value !== undefined && value !== null) || system === 'toJSON') return value
      const reading = create(null)
      reading.get = (account, name) => {
        if (typeof name === 'string' && name !== 'toJSON' && !has(account, name)) missing[system] = true
        return account[name]
      }
      return new NativeProxy({}, reading)
    }
    person.Accounts = new NativeProxy(accounts, handler)
  }

  const quote = (text) => {
    if (text.length > 1000000) throw new RangeError('the value has ' + text.length + ' characters')
    return stringify(text)
  }
  function textOf(value) {
    if (typeof value === 'string') return quote(value)
    if (typeof value === 'number' || typeof value === 'boolean') return quote(NativeString(value))
    return ''
  }
  function describe(value) {
    if (value === null || value === undefined) return '"empty":true'
    const text = textOf(value)
    if (text !== '') return '"text":' + text
    if (typeof value !== 'object') return '"type":' + stringify(typeof value)
    if (isArray(value)) {
      const { length } = value
      if (length > 10000) throw new RangeError('the value is a list of ' + length)
      let list = ''
      for (let index = 0; index < length; index++) {
        const item = value[index]
        const itemText = textOf(item)
        if (itemText === '') return '"type":' + stringify(item === null ? 'null' : typeof item)
        list += (index === 0 ? '' : ',') + itemText
      }
      return '"list":[' + list + ']'
    }
    for (const own of unbox) {
      try { return '"text":' + textOf(apply(own, value, [])) } catch {}
    }
    let iso
    try { iso = apply(dateToIso, value, []) } catch (error) { if (error instanceof RangeError) throw error }
    if (iso !== undefined) return '"text":' + quote(iso)
    let isPromise = false
    try { apply(promiseThen, value, []); isPromise = true } catch {}
    return '"type":"' + (isPromise ? 'promise' : 'object') + '"'
  }
  function describeError(error, marker) {
    let message = 'it threw something that is no error.'
    let line = ''
    if (error === null || typeof error !== 'object') message = typeof error === 'symbol' ? message : NativeString(error)
    else {
      const text = error.message
      const name = error.name
      const stack = error.stack
      if (typeof text === 'string') message = typeof name === 'string' ? name + ': ' + text : text
      if (typeof stack === 'string') {
        const found = apply(exec, new NativeRegExp(marker + ':(\\d+):\\d+'), [apply(slice, stack, [0, 100000])])
        if (found !== null) line = ',"line":' + found[1]
      }
    }
    return '{"fault":' + quote(apply(slice, message, [0, 1000])) + line + '}'
  }

  const objects = []
  const positions = new Set()
  const keys = []
  const descriptors = []
  const prototypes = []
  const extensible = []
  let names = []

  function remember(object) {
    if (object === null || (typeof object !== 'object' && typeof object !== 'function') || positions.has(object)) return
    const own = ownKeys(object)
    const index = objects.push(object) - 1
    positions.add(object)
    keys[index] = own
    descriptors[index] = own.map((name) => getOwnPropertyDescriptor(object, name))
    prototypes[index] = getPrototypeOf(object)
    extensible[index] = isExtensible(object)
    remember(prototypes[index])
    for (const { value, get, set } of descriptors[index]) for (const each of [value, get, set]) remember(each)
  }

  function isSame(object, index) {
    const own = ownKeys(object)
    const before = keys[index]
    if (own.length !== before.length || getPrototypeOf(object) !== prototypes[index]) return false
    if (isExtensible(object) !== extensible[index]) return false
    for (let place = 0; place < own.length; place++) {
      if (own[place] !== before[place]) return false
      const now = getOwnPropertyDescriptor(object, own[place])
      const then = descriptors[index][place]
      if (!is(now.value, then.value) || now.get !== then.get || now.set !== then.set) return false
      if (now.writable !== then.writable || now.enumerable !== then.enumerable || now.configurable !== then.configurable) return false
    }
    return true
  }

  // A name that a script assigned without declaring it.
  function removeNames() {
    const now = ownKeys(global)
    if (now.length === names.length) return
    for (let index = 0; index < now.length; index++) if (!names.includes(now[index])) deleteProperty(global, now[index])
  }

  const realm = {
    evaluate(source, personText, iteration, marker) {
      const missing = create(null)
      let answer
      try {
        const person = parse(personText)
        addAccounts(person, missing)
        next = 'let eval = $refuse$;' + source + '\n//# sourceURL=' + marker
        const value = run(person, iteration)
        const found = describe(value)
        let systems = ''
        const read = ownKeys(missing)
        for (let index = 0; index < read.length; index++) systems += (index === 0 ? '' : ',') + quote(read[index])
        answer = '{' + found + ',"missing":[' + systems + ']}'
      } catch (error) {
        try { answer = describeError(error, marker) } catch { answer = '{"fault":"it threw something that is no error."}' }
      }
      removeNames()
      apply(exec, /(?:)/, [''])
      return answer
    },
    watch() {
      remember(global)
      for (const sample of samples) remember(sample)
    },
    isUnchanged() {
      for (let index = 0; index < objects.length; index++) if (!isSame(objects[index], index)) return false
      return true
    },
  }
  names = ownKeys(global)
  // What no name leads to.
  const samples = [async function () {}, function* () {}, async function* () {}, [][Symbol.iterator](), ''[Symbol.iterator](), new Map().keys(), new Set().keys(), ''.matchAll(/x/g), (function* () {})(), (async function* () {})(), (async function () {})()]
  return realm
})(globalThis, (eval, $take$, $refuse$) => (Person, Iteration) => eval($take$()))
`

const script = new Script(program, { filename: 'realm.js' })

/** Opens a realm that no script has run in. */
export function openRealm(): Realm {
  const context = createContext(Object.create(null), { codeGeneration: { strings: true, wasm: false } })
  return script.runInContext(context) as Realm
}
