namespace IngestPipeline.Deduplication;

/// <summary>The telling words of an article, weighted, for recognising other reports on the same event.</summary>
/// <param name="Terms">The words' hashes, ascending.</param>
/// <param name="Weights">Their weights, scaled so that the vector's length is <see cref="Scale"/>.</param>
/// <param name="Keys">The weightiest of the words, by which other reports are found.</param>
internal sealed record TermVector(uint[] Terms, int[] Weights, uint[] Keys)
{
    /// <summary>The length of every vector that is not empty.</summary>
    public const int Scale = 4096;

    /// <summary>The cosine of two vectors in 1/10,000.</summary>
    public int Cosine(TermVector other)
    {
        long dot = 0;
        int i = 0, j = 0;
        var (terms, others) = (Terms, other.Terms);
        while (i < terms.Length && j < others.Length)
        {
            // No branch for which word comes first: it is foreseen badly.
            var (term, otherTerm) = (terms[i], others[j]);
            if (term == otherTerm)
                dot += (long)Weights[i] * other.Weights[j];
            i += term <= otherTerm ? 1 : 0;
            j += otherTerm <= term ? 1 : 0;
        }

        return (int)(dot * 10_000 / ((long)Scale * Scale));
    }
}
