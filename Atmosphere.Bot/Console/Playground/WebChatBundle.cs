using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>
/// Microsoft's Web Chat as one script file. Its package is fetched with npm once per user, and only by a server whose page may be opened;
/// the archive must have the hash that stands here.
/// </summary>
internal sealed class WebChatBundle : IDisposable
{
    private const string Package = "botframework-webchat";
    private const string Version = "4.18.1";
    private const string Entry = "package/dist/webchat-minimal.js";
    private const string Sha512 = "7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==";

    private readonly SemaphoreSlim _fetching = new(1, 1);
    private readonly string _file;

    public WebChatBundle()
    {
        var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        _file = Path.Combine(cache.Length > 0 ? cache : Path.GetTempPath(), "atmosphere", "web-chat", $"{Version}.js");
    }

    /// <summary>The script's path, fetched first where it is missing. After a failure the next call tries again.</summary>
    /// <exception cref="InvalidOperationException">npm is missing, failed, or brought another archive; the message says what to do.</exception>
    public async Task<string> GetAsync(CancellationToken cancellation)
    {
        if (File.Exists(_file))
            return _file;

        await _fetching.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(_file))
                await FetchAsync(cancellation);
            return _file;
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose() => _fetching.Dispose();

    private async Task FetchAsync(CancellationToken cancellation)
    {
        var folder = Directory.CreateDirectory($"{_file}.{Guid.NewGuid():N}");
        try
        {
            await PackAsync(folder.FullName, cancellation);
            var archive = Path.Combine(folder.FullName, $"{Package}-{Version}.tgz");
            var script = Path.Combine(folder.FullName, "web-chat.js");
            await ExtractAsync(archive, script, cancellation);
            File.Move(script, _file, overwrite: true);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task PackAsync(string folder, CancellationToken cancellation)
    {
        var windows = OperatingSystem.IsWindows();
        var start = new ProcessStartInfo(windows ? "cmd.exe" : "npm")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        string[] arguments = ["pack", $"{Package}@{Version}", "--ignore-scripts", "--loglevel=error"];
        foreach (var argument in windows ? ["/c", "npm", .. arguments] : arguments)
            start.ArgumentList.Add(argument);

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException("Web Chat is fetched with npm, which was not found. Install Node.js 20 or newer with npm, then reload this page.");
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            await output;
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"npm could not fetch Web Chat ({(await errors).Trim().Split('\n')[0]}). Check the connection to your npm registry, then reload this page.");
            }
        }
    }

    private static async Task ExtractAsync(string archive, string script, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(archive, cancellation);
        if (Convert.ToBase64String(SHA512.HashData(bytes)) != Sha512)
            throw new InvalidOperationException($"npm brought another {Package} {Version} than the one Atmosphere knows. Check where your npm fetches from.");

        await using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        await using var tar = new TarReader(zip);
        while (await tar.GetNextEntryAsync(cancellationToken: cancellation) is { } entry)
        {
            if (entry.Name != Entry)
                continue;
            await entry.ExtractToFileAsync(script, overwrite: true, cancellation);
            return;
        }

        throw new InvalidOperationException($"{Package} {Version} holds no {Entry}.");
    }
}
