using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Reads the words of a text one stretch after the other: those of Latin letters without accents many at once, the others as <see cref="WordReader"/> does.
/// </summary>
internal static class WordStretches
{
    /// <summary>Texts shorter than this are read character by character.</summary>
    private const int LeastLength = 64;

    /// <summary>True when a text is long enough, and the processor has what it takes.</summary>
    public static bool CanRead(string text) => text.Length >= LeastLength && Vector256.IsHardwareAccelerated;

    /// <summary>Reads a text; false when there are too many words.</summary>
    [SkipLocalsInit]
    public static bool Read(string text, scoped ref WordSink words)
    {
        var runs = new WordRuns(stackalloc ulong[WordRuns.RoomLength]);
        scoped var shorts = new ShortWords(stackalloc ulong[ShortWords.RoomLength]);
        for (var start = 0; start < text.Length;)
        {
            var stretch = text.AsSpan(start, Math.Min(WordRuns.Most, text.Length - start));
            var isLast = start + stretch.Length == text.Length;
            runs.Read(stretch, isLast);
            if (runs.Count == 0)
            {
                // No end of a word: a script without spaces, or nothing but spaces.
                var next = isLast ? -1 : text.IndexOf(' ', start + stretch.Length);
                if (!WordReader.Read(text, start, start = next < 0 ? text.Length : next, ref words))
                    return false;
                continue;
            }

            if (!ReadRuns(text, start, runs, shorts, ref words))
                return false;
            start = isLast ? text.Length : start + runs.End(runs.Count - 1);
        }

        return true;
    }

    // Runs that are words of Latin letters by their bits, the others character by character.
    [SkipLocalsInit]
    private static bool ReadRuns(string text, int offset, scoped WordRuns runs, scoped ShortWords shorts, scoped ref WordSink words)
    {
        Span<int> letters = stackalloc int[WordRuns.Most];
        var (first, isWhole) = (words.Count, true);
        for (var run = 0; run < runs.Count && isWhole;)
        {
            var count = words.Count;
            run = ReadShort(text.AsSpan(offset), offset, runs, run, letters[(count - first)..], ref words);
            if (run == runs.Count)
                break;
            count = words.Count;
            words.Boundary |= (TokenKinds)(runs.StartsSentence(run) * (int)TokenKinds.SentenceStart);
            isWhole = WordReader.Read(text, offset + runs.Start(run), offset + runs.End(run), ref words);
            letters[(count - first)..(words.Count - first)].Clear();
            run++;
        }

        letters = letters[..(words.Count - first)];
        SetHashes(shorts.Hash(text.AsSpan(offset), letters), letters, words, first);
        return isWhole;
    }

    // The number of the first run that is no such word, or for which there is no room.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadShort(ReadOnlySpan<char> text, int offset, scoped WordRuns runs, int run, scoped Span<int> letters, scoped ref WordSink words)
    {
        var (last, end) = (text.Length - ShortWords.MostLetters, Math.Min(runs.Count, run + words.Hashes.Length - words.Count));
        var (bytes, previous, boundary, count) = (words.Bytes, words.End - offset, words.Boundary, 0);
        // There is room for a word of each run, so that what follows needs no checks of bounds.
        ref var kinds = ref MemoryMarshal.GetReference(words.Kinds.Slice(words.Count, end - run));
        ref var places = ref MemoryMarshal.GetReference(words.Places.Slice(bytes, end - run));
        ref var at = ref MemoryMarshal.GetReference(letters[..(end - run)]);
        ref var characters = ref MemoryMarshal.GetReference(text);
        for (; run < end; run++)
        {
            var (start, length) = (runs.Start(run), runs.Letters(run));
            var gap = start - previous;
            if (length > ShortWords.MostLetters || start > last || gap > TokenPlaces.MostGap)
                break;
            Unsafe.Add(ref at, count) = ShortWords.At(start, length);
            Unsafe.Add(ref places, count) = TokenPlaces.OfShort(gap, length);
            previous = start + length;
            boundary |= (TokenKinds)(runs.StartsSentence(run) * (int)TokenKinds.SentenceStart) | words.Quoted;
            Unsafe.Add(ref kinds, count++) = (TokenKinds)((uint)(Unsafe.Add(ref characters, start) - 'a') >> 31 << 1) | boundary;
            boundary = TokenKinds.None;
        }

        (words.Count, words.Bytes, words.End, words.Boundary) = (words.Count + count, bytes + count, previous + offset, boundary);
        return run;
    }

    // A word that was read character by character has its hash.
    private static void SetHashes(ReadOnlySpan<ulong> hashes, ReadOnlySpan<int> letters, in WordSink words, int first)
    {
        var folded = words.Hashes.Slice(first, letters.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            var length = ShortWords.LengthOf(letters[i]);
            var other = (uint)((length - 1) >> 31);
            WordReader.SetHash(words, first + i, (folded[i] & other) | (WordReader.Fold(hashes[i]) & ~other), length);
        }
    }
}
