using System.Text.Json;
using System.Text.RegularExpressions;

namespace IngestPipeline.Boilerplate;

/// <summary>Reads rules files that a user wrote. They have the form of the shipped ones; docs/rules.md describes it.</summary>
internal static class RuleFiles
{
    private static readonly string[] Texts = ["id", "kind", "match", "reason", "example", "keeps"];

    /// <summary>The rules of one file, or of every <c>*.rules.json</c> of a folder in the order of their names.</summary>
    /// <exception cref="RuleFileException">There is no such file or folder, or one is malformed.</exception>
    public static IReadOnlyList<BlockRule> Read(string path)
    {
        var files = File.Exists(path) ? [path]
            : Directory.Exists(path) ? Directory.GetFiles(path, "*.rules.json").Order(StringComparer.Ordinal).ToArray()
            : throw new RuleFileException($"{path}: no such file or folder; check --rules");
        if (files.Length == 0)
            throw new RuleFileException($"{path}: holds no file whose name ends in .rules.json");

        var rules = new List<BlockRule>();
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var rule in ReadFile(file))
            {
                if (!known.TryAdd(rule.Id, file))
                    throw new RuleFileException($"{file}: rule '{rule.Id}' stands twice, also in {known[rule.Id]}; give each an id of its own");
                rules.Add(rule);
            }
        }

        return rules;
    }

    private static IReadOnlyList<BlockRule> ReadFile(string file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            Check(file, bytes);
            return [.. BlockRules.Parse(new MemoryStream(bytes)).Select(rule => Proven(file, rule))];
        }
        catch (JsonException e)
        {
            throw new RuleFileException($"{file}:{(e.LineNumber ?? 0) + 1}: not JSON; check commas, quotes and brackets near there");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RuleFileException($"{file}: cannot be read ({e.Message})");
        }
    }

    private static void Check(string file, byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("rules", out var rules)
            || rules.ValueKind != JsonValueKind.Array)
            throw new RuleFileException($"{file}: has no list \"rules\"; write {{ \"rules\": [ … ] }}");

        var number = 0;
        foreach (var rule in rules.EnumerateArray())
        {
            number++;
            var name = rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                ? $"rule '{id.GetString()}'"
                : $"rule {number}";
            if (rule.ValueKind != JsonValueKind.Object)
                throw new RuleFileException($"{file}: {name} is no object; write {{ \"id\": … }}");
            foreach (var text in Texts)
            {
                if (!rule.TryGetProperty(text, out var value) || value.ValueKind != JsonValueKind.String || value.GetString()!.Length == 0)
                    throw new RuleFileException($"{file}: {name} has no text \"{text}\"");
            }

            foreach (var list in new[] { "cues", "languages" })
            {
                if (!rule.TryGetProperty(list, out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0
                    || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(v.GetString())))
                    throw new RuleFileException($"{file}: {name} has no list of texts \"{list}\"");
            }

            foreach (var count in new[] { "max", "needs" })
            {
                if (rule.TryGetProperty(count, out var value)
                    && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number32) || number32 < 1))
                    throw new RuleFileException($"{file}: {name}: \"{count}\" must be a whole number above 0");
            }

            foreach (var flag in new[] { "loose", "heads", "cased" })
            {
                if (rule.TryGetProperty(flag, out var value) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    throw new RuleFileException($"{file}: {name}: \"{flag}\" must be true or false");
            }

            if (RuleMatchNames.Of(rule.GetProperty("match").GetString()) is null)
                throw new RuleFileException($"{file}: {name}: \"match\" must be {RuleMatchNames.Listed}");
            if (rule.TryGetProperty("action", out var action)
                && (action.ValueKind != JsonValueKind.String || !Enum.TryParse<RuleAction>(action.GetString(), ignoreCase: true, out _)))
                throw new RuleFileException($"{file}: {name}: \"action\" must be {string.Join(", ", Enum.GetNames<RuleAction>()).ToLowerInvariant()}");
        }
    }

    /// <summary>A rule whose own example is met and whose counter-example is not: a mistyped cue shows here.</summary>
    private static BlockRule Proven(string file, BlockRule rule)
    {
        try
        {
            var alone = new BlockRules([rule]);
            if (!IsMet(alone, rule, rule.Example))
                throw new RuleFileException($"{file}: rule '{rule.Id}' does not meet its own example; check \"cues\", \"match\" and \"max\"");
            if (IsMet(alone, rule, rule.Keeps))
                throw new RuleFileException($"{file}: rule '{rule.Id}' meets the block that it should leave alone (\"keeps\")");
            return rule;
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException)
        {
            throw new RuleFileException($"{file}: rule '{rule.Id}': a pattern is no regular expression that can be used ({e.Message.Split('\n')[0]})");
        }
    }

    private static bool IsMet(BlockRules rules, BlockRule rule, string text) =>
        rule.Match switch
        {
            RuleMatch.Inline => rules.CutInline(text) is not null,
            RuleMatch.Tail => rules.CutTail(text) is not null,
            _ => rules.Match(text) is not null,
        };
}
