namespace IngestPipeline.Cli.Batch;

/// <summary>Says in one line what is wrong with a file or folder and what to do.</summary>
internal static class FileErrors
{
    public static string Say(string path, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path}: no such file; check the path",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path}: is a folder; name a file in it",
        UnauthorizedAccessException => $"{path}: permission denied; check who owns the file",
        _ => $"{path}: {ControlText.Clean(error.Message)}",
    };
}
