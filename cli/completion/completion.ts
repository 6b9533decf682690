/** A command as completion needs it. */
export interface CompletedCommand {
  readonly name: string
  /** What may follow it, besides its options. */
  readonly values: readonly string[]
  readonly options: readonly CompletedOption[]
}

export interface CompletedOption {
  readonly flag: string
  /** What it takes: one of these words, a file, anything, nothing. */
  readonly takes: readonly string[] | 'file' | 'anything' | 'nothing'
}

export const shells = ['bash', 'zsh', 'pwsh'] as const
export type Shell = (typeof shells)[number]

/** The completion script of a shell. Names hold nothing that a shell would read as code: letters, digits, dots and dashes. */
export function completionScript(
  shell: Shell,
  program: string,
  commands: readonly CompletedCommand[],
): string {
  const safe = /^[\w.=-]*$/
  const words = commands.flatMap(({ name, values, options }) => [
    name,
    ...values,
    ...options.map(({ flag }) => flag),
  ])
  if (![program, ...words].every((word) => safe.test(word)))
    throw new Error('a word that is not safe in a shell')
  return { bash, zsh, pwsh }[shell](program, commands)
}

function wordsOf({ values, options }: CompletedCommand): string[] {
  return [...values, ...options.map(({ flag }) => flag), '--help']
}

/** Options that take a value, by `command option`. */
function taking(commands: readonly CompletedCommand[]): { key: string; takes: CompletedOption['takes'] }[] {
  return commands.flatMap(({ name, options }) =>
    options.flatMap(({ flag, takes }) => (takes === 'nothing' ? [] : [{ key: `${name} ${flag}`, takes }])),
  )
}

function bash(program: string, commands: readonly CompletedCommand[]): string {
  const name = `_${program.replaceAll('-', '_')}`
  const cases = taking(commands).map(({ key, takes }) => {
    const reply =
      takes === 'file'
        ? 'COMPREPLY=($(compgen -f -- "$current"))'
        : takes === 'anything' || takes === 'nothing'
          ? ':'
          : `COMPREPLY=($(compgen -W "${takes.join(' ')}" -- "$current"))`
    return `    "${key}") ${reply}; return ;;`
  })
  const words = commands.map((command) => `    ${command.name}) words="${wordsOf(command).join(' ')}" ;;`)
  return `# ${program} completion for bash. In ~/.bashrc: source <(${program} completion bash)
${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map((command) => command.name).join(' ')} help --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${cases.join('\n')}
  esac
  case "\${COMP_WORDS[1]}" in
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F ${name} ${program}
`
}

function zsh(program: string, commands: readonly CompletedCommand[]): string {
  const name = `_${program.replaceAll('-', '_')}`
  const cases = taking(commands).map(({ key, takes }) => {
    const reply =
      takes === 'file'
        ? '_files'
        : takes === 'anything' || takes === 'nothing'
          ? ':'
          : `compadd -- ${takes.join(' ')}`
    return `    '${key}') ${reply}; return ;;`
  })
  const words = commands.map((command) => `    ${command.name}) compadd -- ${wordsOf(command).join(' ')} ;;`)
  return `#compdef ${program}
# ${program} completion for zsh. In ~/.zshrc, after compinit: source <(${program} completion zsh)
${name}() {
  if (( CURRENT == 2 )); then
    compadd -- ${commands.map((command) => command.name).join(' ')} help --help --version
    return
  fi
  case "$words[2] $words[CURRENT-1]" in
${cases.join('\n')}
  esac
  case "$words[2]" in
${words.join('\n')}
  esac
}
compdef ${name} ${program}
`
}

function pwsh(program: string, commands: readonly CompletedCommand[]): string {
  const list = (words: readonly string[]): string => `@(${words.map((word) => `'${word}'`).join(', ')})`
  const cases = taking(commands).map(({ key, takes }) => {
    // No results: PowerShell then completes file names by itself.
    const words = typeof takes === 'string' ? '@()' : list(takes)
    return `    '${key}' = ${words}`
  })
  const words = commands.map((command) => `    '${command.name}' = ${list(wordsOf(command))}`)
  return `# ${program} completion for PowerShell. In $PROFILE: ${program} completion pwsh | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName '${program}' -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $taking = @{
${cases.join('\n')}
  }
  $following = @{
${words.join('\n')}
  }
  $elements = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  if ($wordToComplete -ne '') { $elements = @($elements | Select-Object -SkipLast 1) }
  if ($elements.Count -le 1) {
    $candidates = ${list([...commands.map((command) => command.name), 'help', '--help', '--version'])}
  } elseif ($taking.ContainsKey("$($elements[1]) $($elements[-1])")) {
    $candidates = $taking["$($elements[1]) $($elements[-1])"]
  } else {
    $candidates = $following[$elements[1]]
  }
  $candidates | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`
}
