using System.Text;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Paragraphs whose text stands in pieces in a script's data, as editors keep it: a node with children, each a text with its own style or a link
/// around such texts. The pieces are joined again; by themselves they would be lines with holes.
/// </summary>
internal sealed class RichText
{
    private const int MaxPieces = 20_000;

    // What holds data of its own, written as one string.
    private const int MinNested = 200;
    private const int MaxNested = 2;

    // Strings between two paragraphs: beyond this another text begins.
    private const int MaxGap = 40;

    // Quotes, strokes before them, a colon and blanks stand between a list's name and the list.
    private const int MaxBetween = 40;

    private static readonly string[] Lists = ["children", "content"];
    private static readonly string[] Texts = ["text", "value"];

    private readonly List<List<Block>> _runs = [];
    private int _strings;
    private int _last = int.MinValue / 2;

    /// <summary>The runs of paragraphs in a script; empty where nothing in it has a list of children.</summary>
    public static List<List<Block>> Read(ReadOnlySpan<char> script)
    {
        var text = new RichText();
        if (HoldsList(script, Lists[0]) || HoldsList(script, Lists[1]))
            text.ReadAll(script, 0);
        return text._runs;
    }

    // Most scripts name a content, and few a list of it.
    private static bool HoldsList(ReadOnlySpan<char> script, string name)
    {
        for (var rest = script; rest.IndexOf(name, StringComparison.Ordinal) is var at and >= 0;)
        {
            rest = rest[(at + name.Length)..];
            if (rest[..Math.Min(MaxBetween, rest.Length)].Contains('['))
                return true;
        }

        return false;
    }

    private void ReadAll(ReadOnlySpan<char> data, int nesting)
    {
        foreach (var value in LooseJsonReader.ReadAll(data))
            Walk(value, nesting);
    }

    private void Walk(JsonValue value, int nesting)
    {
        switch (value.Kind)
        {
            case JsonKind.Text:
                _strings++;
                if (nesting < MaxNested && value.Text.Length >= MinNested && value.Text.Contains("\":", StringComparison.Ordinal))
                    ReadAll(value.Text, nesting + 1);
                break;
            case JsonKind.Array:
                foreach (var item in value.Items)
                    Walk(item, nesting);
                break;
            case JsonKind.Object when Pieces(value) is { } pieces:
                Add(pieces);
                break;
            case JsonKind.Object:
                foreach (var (_, member) in value.Members)
                    Walk(member, nesting);
                break;
        }
    }

    private void Add(IReadOnlyList<JsonValue> pieces)
    {
        var (text, left) = (new StringBuilder(), MaxPieces);
        Join(pieces, text, ref left);
        var folded = TextFolder.Fold(text.ToString());
        if (folded.Length == 0)
            return;

        if (_strings - _last > MaxGap)
            _runs.Add([]);
        _runs[^1].Add(new(BlockKind.Paragraph, folded));
        _last = _strings;
    }

    private static void Join(IReadOnlyList<JsonValue> pieces, StringBuilder text, ref int left)
    {
        foreach (var piece in pieces)
        {
            if (--left < 0)
                return;
            if (piece.Kind == JsonKind.Text)
                text.Append(piece.Text);
            else if (TextOf(piece) is { } words)
                text.Append(words);
            else if (ListOf(IsElement(piece) ? piece.Items[^1] : piece) is { } inner)
                Join(inner, text, ref left);
            else if (IsElement(piece) && piece.Items[^1][Lists[0]] is { Kind: JsonKind.Text } only)
                text.Append(only.Text);
        }
    }

    /// <summary>True for an element as React writes it for its own use: a sign, a name, a key and the properties.</summary>
    private static bool IsElement(JsonValue value) => value is { Kind: JsonKind.Array, Items: [{ Text: "$" }, _, _, { Kind: JsonKind.Object }] };

    /// <summary>The children of a node that is a paragraph: one of them is a text. Null for any other.</summary>
    private static IReadOnlyList<JsonValue>? Pieces(JsonValue node) =>
        ListOf(node) is { } list && (list.Any(c => TextOf(c) is not null) || (list.Any(c => c.Kind == JsonKind.Text) && list.Any(IsElement))) ? list : null;

    private static IReadOnlyList<JsonValue>? ListOf(JsonValue node)
    {
        foreach (var name in Lists)
        {
            if (node[name] is { Kind: JsonKind.Array } list)
                return list.Items;
        }

        return null;
    }

    private static string? TextOf(JsonValue node)
    {
        if (node.Kind != JsonKind.Object || ListOf(node) is { Count: > 0 })
            return null;

        foreach (var name in Texts)
        {
            if (node[name] is { Kind: JsonKind.Text } text)
                return text.Text;
        }

        return null;
    }
}
