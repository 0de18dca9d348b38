namespace IngestPipeline.Cli.Batch;

/// <summary>Says in one line what is wrong with a file or folder and what to do.</summary>
internal static class FileErrors
{
    /// <summary>The same of a file that is to be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">What came of it.</param>
    /// <param name="option">The option that named it.</param>
    public static string CannotWrite(string path, Exception error, string option = "--out")
    {
        var why = error switch
        {
            UnauthorizedAccessException => "permission denied",
            FileNotFoundException or DirectoryNotFoundException => "no such folder, and it cannot be made",
            _ => ControlText.Clean(error.Message),
        };
        return $"{path}: cannot be written ({why}); choose another {option}";
    }

    public static string Say(string path, Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => $"{path}: no such file; check the path",
        UnauthorizedAccessException when Directory.Exists(path) => $"{path}: is a folder; name a file in it",
        UnauthorizedAccessException => $"{path}: permission denied; check who owns the file",
        _ => $"{path}: {ControlText.Clean(error.Message)}",
    };
}
