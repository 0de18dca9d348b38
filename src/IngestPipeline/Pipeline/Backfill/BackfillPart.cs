using System.Globalization;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>One part of a back-fill's work, as messages name it: <c>{id}/scan/12</c>.</summary>
/// <param name="Id">The back-fill's id: 32 hexadecimal digits.</param>
/// <param name="Step">The step.</param>
/// <param name="Number">Which part of the step, from 0; 0 for a step of one part.</param>
internal sealed record BackfillPart(string Id, BackfillStep Step, int Number = 0)
{
    /// <summary>Reads a part.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static BackfillPart Parse(string text) =>
        text.Split('/') is [{ Length: 32 } id, var step, var number] && id.All(char.IsAsciiHexDigitLower)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && Enum.GetValues<BackfillStep>().Where(s => RecordJson.Name(s) == step).Cast<BackfillStep?>().FirstOrDefault() is { } known
            ? new(id, known, n)
            : throw new FormatException("the message's \"segment\" is no part of a back-fill: leave it out to start one");

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}/{RecordJson.Name(Step)}/{Number}");
}
