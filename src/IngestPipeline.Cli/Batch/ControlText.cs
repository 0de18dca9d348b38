namespace IngestPipeline.Cli.Batch;

/// <summary>Text from outside made safe for a terminal: control and direction characters become "?".</summary>
internal static class ControlText
{
    /// <summary>A name from outside as a message shows it: what is long is cut.</summary>
    public static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;

    public static string Clean(string text)
    {
        var clean = text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;
        return clean
            ? text
            : string.Concat(text.Select(c => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') ? '?' : c));
    }
}
