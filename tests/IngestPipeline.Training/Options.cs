using System.Globalization;

namespace IngestPipeline.Training;

internal sealed class Options(string[] args)
{
    public string Command => args.Length > 0 ? args[0] : "check";

    public string Data => Value("--data") ?? throw new InvalidOperationException("--data names the folder of sets.");

    public string Out => Value("--out") ?? ".";

    /// <summary>Where <c>halves</c> leaves its models; null for nowhere.</summary>
    public string? Models => Value("--models");

    /// <summary>True for the model of plain text: pages are learned from as copies without markup.</summary>
    public bool IsPlain => Array.IndexOf(args, "--plain") >= 0;

    public int Folds => Number("--folds", 4);

    public int FirstTrees => Number("--first", 120);

    public int SecondTrees => Number("--second", 320);

    private int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
