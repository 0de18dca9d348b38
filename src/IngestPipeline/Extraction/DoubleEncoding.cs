using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Extraction;

/// <summary>Undoes UTF-8 that was read as windows-1252 and encoded again ("Ã©" for "é"), only where no other reading of the page is left.</summary>
internal static class DoubleEncoding
{
    private const int Enough = 4;

    private static readonly System.Buffers.SearchValues<char> Leads = System.Buffers.SearchValues.Create("ÃÂâÐÑØÙ");

    /// <summary>False for a text that was surely not encoded twice; most pages need not be looked at further.</summary>
    public static bool IsLikely(ReadOnlySpan<char> text)
    {
        // The first byte of a sequence, read as a character, is followed by another that is not ASCII.
        var leads = 0;
        for (var rest = text; leads < Enough && rest.IndexOfAnyInRange('Â', 'â') is var at and >= 0; rest = rest[(at + 1)..])
        {
            if (!Leads.Contains(rest[at]))
                continue;
            if (at + 1 >= rest.Length || char.IsAscii(rest[at + 1]))
                return false;
            leads++;
        }

        return leads == Enough;
    }

    /// <summary>The text encoded once; false when the text was not encoded twice.</summary>
    public static bool TryUndo(string text, [NotNullWhen(true)] out string? undone)
    {
        undone = null;
        if (!IsLikely(text) || WhatwgEncodings.Find("windows-1252") is not { } single)
            return false;

        var bytes = single.GetBytes(text);
        if (!Utf8.IsValid(bytes))
            return false;

        // A character outside windows-1252 would have become '?': then the text was not made this way.
        var back = single.GetString(bytes);
        if (!string.Equals(back, text, StringComparison.Ordinal))
            return false;

        undone = Encoding.UTF8.GetString(bytes);
        return true;
    }
}
