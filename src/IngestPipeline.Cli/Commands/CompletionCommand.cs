using System.CommandLine;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest completion</c>: prints what a shell needs to complete commands and options.</summary>
internal static class CompletionCommand
{
    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong(Shells);
        var json = SharedOptions.Json();
        var command = new Command("completion", "Prints a script that completes 'ingest' in your shell.") { shell, json };
        command.SetAction(result =>
        {
            using var text = terminal.TextOutput();
            var (name, script) = (result.GetRequiredValue(shell), Script(result.GetRequiredValue(shell)));
            text.Write(!result.GetValue(json) ? script : JsonLine.Text(line =>
            {
                line.WriteString("shell", name);
                line.WriteString("script", script);
            }));
        });
        return command;
    }

    // Each script hands the line and the place in it to 'ingest [suggest:PLACE] LINE', which knows its own commands and options.
    internal static string Script(string shell) => shell switch
    {
        "bash" => """
            # ingest completion for bash. Add to ~/.bashrc:  source <(ingest completion bash)
            _ingest_complete() {
              local IFS=$'\n'
              local found
              found=$(ingest "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2> /dev/null)
              COMPREPLY=($(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _ingest_complete ingest

            """,
        "zsh" => """
            #compdef ingest
            # ingest completion for zsh. Add to ~/.zshrc, after compinit:  source <(ingest completion zsh)
            _ingest() {
              local -a found
              found=("${(@f)$(ingest "[suggest:${#BUFFER}]" "$BUFFER" 2> /dev/null)}")
              compadd -a found
              _files
            }
            compdef _ingest ingest

            """,
        "fish" => """
            # ingest completion for fish. Save as ~/.config/fish/completions/ingest.fish
            function __ingest_complete
              set -l line (commandline -cp)
              ingest "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
            end
            complete -c ingest -a '(__ingest_complete)'

            """,
        _ => """
            # ingest completion for PowerShell. Add to $PROFILE:  ingest completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName ingest -ScriptBlock {
              param($word, $line, $place)
              ingest "[suggest:$place]" "$line" 2> $null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }

            """,
    };
}
