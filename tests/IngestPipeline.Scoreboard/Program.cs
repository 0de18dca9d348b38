using System.Globalization;
using IngestPipeline.Scoreboard;
using IngestPipeline.Tests;

const string Usage = """
    Scores the batch commands on the benchmark data beside the checkout and compares the figures with their floors.
      --only feeds,extraction,dedup,seeds,hostile  score these parts only
      --split dev-a|dev-b                   score one half, to tune on the one and check on the other; floors are not compared
      --update-floors [--force]             raise the floors to what is reached; with --force also lower them and accept other data
      --write                               also write docs/scoreboard.md
      --keep FOLDER                         keep predictions and the scorers' answers in this folder
    Exit codes: 0 no figure below its floor, or no data; 1 a figure below its floor, or other data than the floors'; 2 not measured.
    """;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    if (Arguments.Parse(args) is not { } arguments)
    {
        Console.WriteLine(Usage);
        return 0;
    }
    return await Scoring.RunAsync(arguments, Console.Out);
}
catch (ScoreboardException e)
{
    Console.Error.WriteLine("scoreboard: " + e.Message);
    return 2;
}
