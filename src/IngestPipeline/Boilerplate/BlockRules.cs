using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace IngestPipeline.Boilerplate;

/// <summary>The rules of all <c>*.rules.json</c> files, ready to match. Immutable and safe to share.</summary>
internal sealed class BlockRules
{
    private readonly FrozenDictionary<string, BlockRule> _equals;
    private readonly FrozenDictionary<string, BlockRule>.AlternateLookup<ReadOnlySpan<char>> _equalsLookup;
    private readonly FrozenDictionary<string, (string Cue, BlockRule Rule)[]> _starts;
    private readonly FrozenDictionary<string, (string Cue, BlockRule Rule)[]>.AlternateLookup<ReadOnlySpan<char>> _startsLookup;
    private readonly (string Cue, BlockRule Rule)[] _spacelessStarts;
    private readonly ILookup<char, (string Cue, BlockRule Rule)> _ends;
    private readonly (BlockRule Rule, int FirstCue)[] _contains;
    private readonly CueFinder _containedCues;
    private readonly PatternSet _patterns;
    private readonly InlinePointers _inline;
    private readonly TailNotes _tails;

    /// <summary>Builds the matcher. Of two rules that meet a block, the one that stands first wins within a way of matching.</summary>
    public BlockRules(IReadOnlyList<BlockRule> rules)
    {
        All = rules;
        _equals = Cues(rules, RuleMatch.LineEquals).DistinctBy(c => c.Cue).ToFrozenDictionary(c => c.Cue, c => c.Rule, StringComparer.Ordinal);
        _equalsLookup = _equals.GetAlternateLookup<ReadOnlySpan<char>>();
        var starts = Cues(rules, RuleMatch.LineStarts).ToLookup(c => Extraction.Segmentation.Prose.IsSpaceless(c.Cue[0]));
        _spacelessStarts = [.. starts[true]];
        _starts = starts[false]
            .GroupBy(c => FirstWord(c.Cue).ToString(), StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _startsLookup = _starts.GetAlternateLookup<ReadOnlySpan<char>>();
        _ends = Cues(rules, RuleMatch.LineEnds).ToLookup(c => c.Cue[^1]);
        var cues = new List<string>();
        _contains = [.. rules.Where(r => r.Match is RuleMatch.LineContains or RuleMatch.Words).Select(r => (r, Number(r.Cues, cues)))];
        _containedCues = new(cues);
        _patterns = new(rules);
        _inline = new(rules);
        _tails = new(rules);
    }

    /// <summary>The rules that are shipped.</summary>
    public static BlockRules Shipped { get; } = new(LoadShipped());

    /// <summary>The rules, file by file.</summary>
    public IReadOnlyList<BlockRule> All { get; }

    /// <summary>These rules with others before them; one of the same name takes the place of ours.</summary>
    public BlockRules With(IReadOnlyList<BlockRule> others)
    {
        var names = others.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return new([.. others, .. All.Where(r => !names.Contains(r.Id))]);
    }

    /// <summary>The first rule that meets a block; null when none does.</summary>
    public BlockRule? Match(string text)
    {
        // No rule looks at more than this; folding a chapter would be waste.
        if (text.Length > 1_500)
            return null;

        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var folded = buffer.AsSpan(0, CueText.Fold(text, buffer));
        var found = folded.IsEmpty ? null : Match(folded, text);
        ArrayPool<char>.Shared.Return(buffer);
        return found;
    }

    /// <summary>The paragraph without the first pointer inside it; null when it has none.</summary>
    public InlineCut? CutInline(string text) => _inline.Cut(text);

    /// <summary>The paragraph without the note that runs on behind its last full stop; null when it has none.</summary>
    public InlineCut? CutTail(string text) => _tails.Cut(text);

    /// <summary>Reads one rules file.</summary>
    public static IEnumerable<BlockRule> Parse(Stream json)
    {
        using var document = JsonDocument.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        foreach (var rule in document.RootElement.GetProperty("rules").EnumerateArray())
        {
            var name = rule.GetProperty("match").GetString();
            var match = RuleMatchNames.Of(name) ?? throw new InvalidDataException($"Unknown match '{name}' in a rules file.");
            var cues = rule.GetProperty("cues").EnumerateArray().Select(c => c.GetString()!);
            yield return new()
            {
                Id = rule.GetProperty("id").GetString()!,
                Kind = rule.GetProperty("kind").GetString()!,
                Match = match,
                Action = rule.TryGetProperty("action", out var action) ? Enum.Parse<RuleAction>(action.GetString()!, ignoreCase: true) : RuleAction.Remove,
                Cues = [.. match == RuleMatch.Pattern ? cues : cues.Select(c => match == RuleMatch.LineEquals ? CueText.TrimEnd(CueText.Fold(c)).ToString() : CueText.Fold(c))],
                Languages = [.. rule.GetProperty("languages").EnumerateArray().Select(l => l.GetString()!)],
                Reason = rule.GetProperty("reason").GetString()!,
                Example = rule.GetProperty("example").GetString()!,
                Keeps = rule.GetProperty("keeps").GetString()!,
                MaxLength = rule.TryGetProperty("max", out var max) ? max.GetInt32() : 200,
                Needs = rule.TryGetProperty("needs", out var needs) ? needs.GetInt32() : 2,
                Loose = rule.TryGetProperty("loose", out var loose) && loose.GetBoolean(),
                Cased = rule.TryGetProperty("cased", out var cased) && cased.GetBoolean(),
                Heads = rule.TryGetProperty("heads", out var heads) && heads.GetBoolean(),
            };
        }
    }

    private BlockRule? Match(ReadOnlySpan<char> folded, string text)
    {
        if ((MatchEquals(folded) ?? MatchStarts(folded) ?? MatchEnds(folded)) is { } rule)
            return rule;

        var grams = TextGrams.Read(folded, stackalloc ulong[TextGrams.Room]);
        return MatchContains(folded, grams) ?? _patterns.Match(folded, text, grams);
    }

    private BlockRule? MatchEquals(ReadOnlySpan<char> folded) => _equalsLookup.TryGetValue(CueText.TrimEnd(folded), out var rule) ? rule : null;

    private BlockRule? MatchStarts(ReadOnlySpan<char> folded)
    {
        if (!_startsLookup.TryGetValue(FirstWord(folded), out var candidates))
            candidates = Extraction.Segmentation.Prose.IsSpaceless(folded[0]) ? _spacelessStarts : [];
        foreach (var (cue, rule) in candidates)
        {
            if (folded.Length <= rule.MaxLength && folded.StartsWith(cue, StringComparison.Ordinal) && Ends(folded, cue.Length, rule.Loose))
                return rule;
        }

        return null;
    }

    private static bool Ends(ReadOnlySpan<char> folded, int at, bool loose)
    {
        if (at == folded.Length || !char.IsLetterOrDigit(folded[at - 1]))
            return true;
        if (!CueText.IsBoundary(folded, at))
            return false;
        if (loose)
            return true;

        // A sign parts a label from what it announces; a dash must stand alone, since words are joined by dashes too.
        var rest = folded[at..];
        if (rest[0] is ':' or '|' or '：' or '>' or '→' or '…')
            return true;
        return rest[0] == ' ' && rest.TrimStart() is [':' or '|' or '：' or '>' or '→' or '-' or '[' or '(' or '"' or '/' or '…' or '•' or '·', ..];
    }

    private BlockRule? MatchEnds(ReadOnlySpan<char> folded)
    {
        var text = CueText.TrimEnd(folded);
        if (text.IsEmpty)
            return null;

        foreach (var (cue, rule) in _ends[text[^1]])
        {
            if (text.Length <= rule.MaxLength && text.EndsWith(cue, StringComparison.Ordinal) && CueText.IsBoundary(text, text.Length - cue.Length))
                return rule;
        }

        return null;
    }

    private BlockRule? MatchContains(ReadOnlySpan<char> folded, TextGrams grams)
    {
        Span<ulong> found = stackalloc ulong[_containedCues.Room];
        found.Clear();
        if (!_containedCues.Find(grams, found))
            return null;

        foreach (var (rule, first) in _contains)
        {
            if (folded.Length > rule.MaxLength)
                continue;

            var left = rule.Match == RuleMatch.Words ? rule.Needs : 1;
            for (var c = 0; c < rule.Cues.Count; c++)
            {
                if ((found[(first + c) >> 6] & (1UL << (first + c))) == 0)
                    continue;

                var cue = rule.Cues[c];
                var at = folded.IndexOf(cue, StringComparison.Ordinal);
                if (at >= 0 && CueText.IsBoundary(folded, at) && CueText.IsBoundary(folded, at + cue.Length) && --left == 0)
                    return rule;
            }
        }

        return null;
    }

    // The number of the first; the others follow.
    private static int Number(IReadOnlyList<string> own, List<string> all)
    {
        all.AddRange(own);
        return all.Count - own.Count;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
            end++;
        return text[..Math.Max(1, end)];
    }

    private static IEnumerable<(string Cue, BlockRule Rule)> Cues(IEnumerable<BlockRule> rules, RuleMatch match) =>
        rules.Where(r => r.Match == match).SelectMany(r => r.Cues.Select(c => (c, r)));

    private static List<BlockRule> LoadShipped()
    {
        var assembly = typeof(BlockRules).Assembly;
        var rules = new List<BlockRule>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.Contains(".Boilerplate.Rules.", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            rules.AddRange(Parse(stream));
        }

        return rules;
    }
}
