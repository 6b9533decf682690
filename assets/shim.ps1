# Runs one script of this package with Node.js, and takes over its answer. The script of each slot loads this file and says
# which in $slot. For Windows PowerShell 5.1 and PowerShell 7. It throws where there is no answer to take over.
Set-StrictMode -Off
$ErrorActionPreference = 'Stop'

$node = Get-Command -Name $nodePath -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
if ($null -eq $node) {
    throw "Node.js was not found as [$nodePath]: install version $($slot.Node) or newer on this machine, or name its path in nodePath."
}
$nodeVersion = [string](& $node.Source --version)
if (-not ($nodeVersion -match '^v(\d+\.\d+\.\d+)' -and [version]$Matches[1] -ge [version]$slot.Node)) {
    throw "Node.js [$nodeVersion] is too old: install version $($slot.Node) or newer on this machine."
}

# An import and a list write nothing, so that whether it is a dry run does not matter; not every host says it in the context.
if ($slot.Answer -ne 'result' -and $null -eq $actionContext.DryRun) {
    $actionContext | Add-Member -NotePropertyName DryRun -NotePropertyValue $true -Force
}
$contexts = @{
    actionContext   = $actionContext
    personContext   = $personContext
    managerContext  = $managerContext
    resourceContext = $resourceContext
    outputContext   = @{ Data = $outputContext.Data }
}
if ($PSVersionTable.PSVersion.Major -lt 6) {
    # There, a list that a host has wrapped would be written as { "value": [...], "Count": 1 }, by an old member of lists.
    try { Remove-TypeData -TypeName System.Array -ErrorAction Stop } catch { Write-Information 'Lists have no further members.' }
}
$json = ConvertTo-Json -InputObject $contexts -Depth 20 -Compress
# Windows PowerShell 5.1 writes a date as "\/Date(0)\/"; a text that looks like one has its backslashes doubled.
$asIso = [System.Text.RegularExpressions.MatchEvaluator] {
    param($found)
    $epoch = New-Object System.DateTime -ArgumentList 1970, 1, 1, 0, 0, 0, ([System.DateTimeKind]::Utc)
    $date = $epoch.AddMilliseconds([double]$found.Groups[1].Value).ToLocalTime()
    '"' + $date.ToString('yyyy-MM-ddTHH:mm:sszzz', [System.Globalization.CultureInfo]::InvariantCulture) + '"'
}
$json = [regex]::Replace($json, '"\\/Date\((-?\d+)\)\\/"', $asIso)
# PowerShell 7 makes dates of texts that look like one, unless it is told not to; 5.1 does not.
$fromJson = @{}
if ((Get-Command -Name ConvertFrom-Json).Parameters.ContainsKey('DateKind')) { $fromJson.DateKind = 'String' }

$utf8 = New-Object System.Text.UTF8Encoding -ArgumentList $false
$start = New-Object System.Diagnostics.ProcessStartInfo
$start.FileName = $node.Source
$start.Arguments = '"' + (Convert-Path -LiteralPath (Join-Path $connectorPath $slot.Script)) + '"'
$start.UseShellExecute = $false
$start.CreateNoWindow = $true
$start.RedirectStandardInput = $true
$start.RedirectStandardOutput = $true
$start.RedirectStandardError = $true
$start.StandardOutputEncoding = $utf8
$start.StandardErrorEncoding = $utf8

$process = [System.Diagnostics.Process]::Start($start)
try {
    # Read beside stdout: a process whose stderr is full waits.
    $errors = $process.StandardError.ReadToEndAsync()
    $bytes = $utf8.GetBytes($json)
    try {
        $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
        $process.StandardInput.Close()
    } catch {
        Write-Information 'Node.js ended before it had read its input.'
    }

    $text = ''
    $isWhole = $true
    if ($slot.Answer -eq 'objects') {
        while ($null -ne ($line = $process.StandardOutput.ReadLine())) {
            $object = $null
            try { $object = $line | ConvertFrom-Json @fromJson } catch { $isWhole = $false }
            if ($null -ne $object) { Write-Output $object }
        }
    } else {
        $text = $process.StandardOutput.ReadToEnd()
    }
    $process.WaitForExit()
    $exitCode = $process.ExitCode

    $reason = ''
    foreach ($line in ($errors.Result -split '\r?\n')) {
        $entry = $null
        try { $entry = $line | ConvertFrom-Json @fromJson } catch { $entry = $null }
        if ($entry.level -eq 'information') { Write-Information $entry.message }
        elseif ($entry.message) { Write-Warning $entry.message }
        elseif ($line) { Write-Warning $line }
        if ($entry.level -eq 'error') { $reason = $entry.message }
    }
} finally {
    # Also when the host stops this script: nothing goes on behind its back.
    try { if (-not $process.HasExited) { $process.Kill() } } catch { Write-Information 'Node.js has ended.' }
    $process.Dispose()
}

if ($slot.Answer -eq 'objects') {
    if ($exitCode -ne 0 -or -not $isWhole) {
        throw "The import is not complete: Node.js ended with exit code [$exitCode]. $reason".Trim()
    }
    return
}

$answer = $null
if ($exitCode -in 0, 1, 2) {
    try { $answer = $text | ConvertFrom-Json @fromJson } catch { $answer = $null }
}
if ($null -eq $answer) {
    throw "Node.js ended with exit code [$exitCode] and without an answer. $reason".Trim()
}
if ($slot.Answer -eq 'list' -and -not $answer.Success) { throw ($answer.AuditLogs.Message -join ' ') }

foreach ($member in $answer.PSObject.Properties) {
    $name = $member.Name
    # The list of permissions has no Success and no AuditLogs.
    if ($slot.Answer -eq 'list' -and $name -ne 'Permissions') { continue }
    $present = $outputContext.$name
    if ($name -in 'AuditLogs', 'Permissions', 'SubPermissions', 'NonUniqueFields' -and $null -ne $present -and $present -isnot [array]) {
        foreach ($item in $member.Value) { [void]$present.Add($item) }
    } elseif ($name -in 'Data', 'PreviousData' -and $null -ne $present) {
        # What the host has filled in stays, unless the script has a value of that name.
        foreach ($field in $member.Value.PSObject.Properties) {
            if ($present -is [System.Collections.IDictionary]) { $present[$field.Name] = $field.Value }
            else { Add-Member -InputObject $present -NotePropertyName $field.Name -NotePropertyValue $field.Value -Force }
        }
    } elseif ($outputContext -is [System.Collections.IDictionary]) {
        $outputContext[$name] = $member.Value
    } elseif ($outputContext.PSObject.Properties[$name]) {
        $outputContext.$name = $member.Value
    } else {
        Add-Member -InputObject $outputContext -NotePropertyName $name -NotePropertyValue $member.Value
    }
}
