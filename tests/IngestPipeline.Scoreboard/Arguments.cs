namespace IngestPipeline.Scoreboard;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments(IReadOnlyList<string> Parts, Half Half, bool UpdateFloors, bool Force, bool Write, string? Keep)
{
    public static readonly string[] AllParts = ["feeds", "extraction", "dedup", "seeds", "hostile"];

    /// <summary>Null when help is asked for.</summary>
    public static Arguments? Parse(string[] args)
    {
        var read = new Arguments(AllParts, Half.All, false, false, false, null);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--help" or "-h":
                    return null;
                case "--only":
                    read = read with { Parts = Value(ref i).Split(',') };
                    break;
                case "--split":
                    read = read with { Half = Halves.Parse(Value(ref i)) };
                    break;
                case "--keep":
                    read = read with { Keep = Path.GetFullPath(Value(ref i)) };
                    break;
                case "--update-floors":
                    read = read with { UpdateFloors = true };
                    break;
                case "--force":
                    read = read with { Force = true };
                    break;
                case "--write":
                    read = read with { Write = true };
                    break;
                default:
                    throw new ScoreboardException($"'{args[i]}' is no option here; see --help.");
            }
        }

        if (read.Parts.Except(AllParts, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new ScoreboardException($"--only takes {string.Join(", ", AllParts)}, not '{unknown}'.");
        if (read.Half != Half.All && (read.UpdateFloors || read.Write))
            throw new ScoreboardException("Floors and the written table are of all the data; leave out --split.");
        if (read.Write && read.Parts.Count < AllParts.Length)
            throw new ScoreboardException("The written table is of all parts; leave out --only.");
        return read;

        string Value(ref int i) => ++i < args.Length ? args[i] : throw new ScoreboardException($"{args[i - 1]} needs a value.");
    }
}
