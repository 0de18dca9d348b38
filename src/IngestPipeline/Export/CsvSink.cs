using System.Text;
using IngestPipeline.Records;

namespace IngestPipeline.Export;

/// <summary>
/// Writes a table as RFC 4180 has it. A text that a spreadsheet would run as a formula (it begins with = + - @, or a tab or line end before
/// one) gets an apostrophe in front: OWASP, "CSV injection". Numbers stay numbers.
/// </summary>
internal sealed class CsvSink : IRecordSink
{
    private readonly StreamWriter _writer;

    public CsvSink(Stream output)
    {
        _writer = new(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        _writer.WriteLine(string.Join(',', ExportRow.Columns));
    }

    public void Put(ReadOnlyMemory<byte> line, RecordFields record) => _writer.WriteLine(string.Join(',', ExportRow.Of(record).Select(Cell)));

    public void Finish() => _writer.Flush();

    public void Dispose() => _writer.Dispose();

    internal static string Cell(object? value)
    {
        var text = ExportRow.Text(value);
        if (value is string && text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' || text[0] is '＝' or '＋' or '－' or '＠'))
            text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
