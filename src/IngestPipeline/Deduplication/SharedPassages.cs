using System.Collections;
using System.Runtime.CompilerServices;

namespace IngestPipeline.Deduplication;

/// <summary>Shared passages in the order of the article's text; equal when all passages are.</summary>
[CollectionBuilder(typeof(SharedPassages), nameof(Create))]
public sealed class SharedPassages : IReadOnlyList<SharedPassage>, IEquatable<SharedPassages>
{
    private readonly SharedPassage[] _passages;

    private SharedPassages(SharedPassage[] passages) => _passages = passages;

    /// <summary>No passages.</summary>
    public static SharedPassages None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _passages.Length;

    /// <inheritdoc/>
    public SharedPassage this[int index] => _passages[index];

    /// <summary>Makes a list of the given passages.</summary>
    public static SharedPassages Create(ReadOnlySpan<SharedPassage> passages) => passages.IsEmpty ? None : new(passages.ToArray());

    /// <inheritdoc/>
    public bool Equals(SharedPassages? other) => other is not null && _passages.AsSpan().SequenceEqual(other._passages);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SharedPassages);

    /// <inheritdoc/>
    public override int GetHashCode() => _passages.Length == 0 ? 0 : HashCode.Combine(_passages.Length, _passages[0]);

    /// <inheritdoc/>
    public IEnumerator<SharedPassage> GetEnumerator() => ((IEnumerable<SharedPassage>)_passages).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
