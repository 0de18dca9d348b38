using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>Keys that are equal for equal texts and, as good as always, for no others. They stand in cards and index segments.</summary>
internal static class TextKeys
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>The key of a text, character by character.</summary>
    public static ulong OfContent(string text) => Of(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>The key of a text's words; 0 for none.</summary>
    public static ulong OfWords(ReadOnlySpan<uint> hashes) => hashes.Length == 0 ? 0 : Of(MemoryMarshal.AsBytes(hashes)) | 1;

    /// <summary>The key of an outlet by its name, or by its host when it has none; 0 when both are unknown.</summary>
    public static ulong OfSource(CopyDocument document)
    {
        var name = document.Source ?? (Uri.TryCreate(document.Url, UriKind.Absolute, out var url) ? url.Host : null);
        if (name is null)
            return 0;
        var key = Fnv1a.Basis;
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                key = Fnv1a.Add(key, char.ToLowerInvariant(c));
        }

        return key | 1;
    }

    // Four sums side by side: each waits for its own last step only, and not for the three others'.
    private static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var (a, b, c, d) = (Fnv1a.Basis ^ (ulong)bytes.Length, 1UL, 2UL, 3UL);
        var blocks = MemoryMarshal.Cast<byte, ulong>(bytes);
        var rest = bytes[(blocks.Length * sizeof(ulong))..];
        for (; blocks.Length >= 4; blocks = blocks[4..])
        {
            a = Step(a, blocks[0]);
            b = Step(b, blocks[1]);
            c = Step(c, blocks[2]);
            d = Step(d, blocks[3]);
        }

        var key = Step(Step(Step(a, b), c), d);
        foreach (var block in blocks)
            key = Step(key, block);
        foreach (var one in rest)
            key = Step(key, one);
        return key;
    }

    private static ulong Step(ulong key, ulong block)
    {
        key = (key ^ block) * Multiplier;
        return key ^ (key >> 32);
    }
}
