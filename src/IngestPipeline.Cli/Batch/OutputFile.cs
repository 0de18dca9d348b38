namespace IngestPipeline.Cli.Batch;

/// <summary>A file that a command writes: beside its name first, so that one that is there is replaced by a whole one or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Refuses an output that is one of the inputs: what is read would be gone.</summary>
    /// <param name="output">The file to write; null or <c>-</c> for standard output.</param>
    /// <param name="inputs">What is read; null stands for what is not given.</param>
    /// <exception cref="CliException">It is one of them.</exception>
    public static void MustNotBe(string? output, params IEnumerable<string?> inputs)
    {
        if (output is null or "-")
            return;
        var file = FullPath(output);
        if (inputs.Any(i => i is not (null or "-") && FullPath(i) == file))
            throw new CliException($"{output}: is what is read; name another file for --out");
    }

    /// <summary>Opens the file that <see cref="Complete"/> gives its name; its folder is made if there is none.</summary>
    /// <exception cref="CliException">It cannot be written there.</exception>
    public static FileStream Open(string path, string option = "--out")
    {
        Prepare(path, option);
        try
        {
            return new(Partial(path), FileMode.Create, FileAccess.Write);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new CliException(FileErrors.CannotWrite(path, e, option));
        }
    }

    /// <summary>The same for what is opened by its name: where to write it. What a stopped command left there is gone.</summary>
    /// <exception cref="CliException">It cannot be written there.</exception>
    public static string Begin(string path, string option = "--out")
    {
        Prepare(path, option);
        try
        {
            File.Delete(Partial(path));
            // A database's own leaving would be taken for the new one's.
            File.Delete(Partial(path) + "-journal");
            return Partial(path);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new CliException(FileErrors.CannotWrite(path, e, option));
        }
    }

    /// <summary>Makes the folder of a file that is to be written, and looks whether the name is free for a file.</summary>
    /// <exception cref="CliException">It is not.</exception>
    public static void Prepare(string path, string option = "--out")
    {
        if (path.Length == 0)
            throw new CliException($"{option} names no file");
        if (Directory.Exists(path))
            throw new CliException($"{path}: is a folder; name a file for {option}");
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
                Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new CliException(FileErrors.CannotWrite(path, e, option));
        }
    }

    /// <summary>Gives the file its name.</summary>
    public static void Complete(string path, string option = "--out")
    {
        try
        {
            File.Move(Partial(path), path, overwrite: true);
        }
        catch (Exception e) when (IsRefusal(e))
        {
            throw new CliException(FileErrors.CannotWrite(path, e, option));
        }
    }

    /// <summary>Writes a small file whole.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes, string option = "--out")
    {
        using (var file = Open(path, option))
            file.Write(bytes);
        Complete(path, option);
    }

    private static string Partial(string path) => path + ".partial";

    private static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (ArgumentException)
        {
            return path;
        }
    }
}
