namespace IngestPipeline.Feeds.Formats;

/// <summary>A value and how good its source is: 0 is the best.</summary>
internal struct Ranked<T>
{
    private int _rank;

    /// <summary>The value; its default while there is none.</summary>
    public T? Value { get; private set; }

    /// <summary>Whether there is a value of this rank or a better one.</summary>
    public readonly bool Has(int rank) => Value is not null && _rank <= rank;

    /// <summary>Sets the value unless a better one is there; of two of the same rank the later wins.</summary>
    public void Set(T? value, int rank)
    {
        if (value is null or "" || Value is not null && rank > _rank)
            return;
        (Value, _rank) = (value, rank);
    }

    /// <summary>Sets the value unless one as good is there.</summary>
    public void SetFirst(T? value, int rank)
    {
        if (!Has(rank))
            Set(value, rank);
    }
}
