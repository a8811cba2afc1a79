using System.Diagnostics;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Console.Backup;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Bot.Tests.Trust;

namespace Atmosphere.Bot.Tests.Scenarios;

/// <summary>A copy that is made while the server runs is whole, also if making it was killed and begun again.</summary>
public sealed class BackupsAreWhole : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-backup-").FullName;
    private TrustChats _chats = null!;

    private string Copy => Path.Combine(_folder, "copy");

    private string Keys => Path.Combine(_folder, "keys");

    private string Restored => Path.Combine(_folder, "restored");

    private string Data => _chats.Server.Data;

    public async ValueTask InitializeAsync()
    {
        _chats = await TrustChats.StartAsync();
        await _chats.RegisterAsync(await _chats.OpenAsync(), "Noa", "noa-1.jpg");
        await ClassPhotos.PostAsync(_chats.Server, "party.jpg");
    }

    public async ValueTask DisposeAsync()
    {
        await _chats.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_is_copied_beside_a_running_server_is_restored_with_its_keys()
    {
        Assert.Contains("backup: there is none", await DoctorAsync(), StringComparison.Ordinal);
        Assert.Contains("whole", await TakenAsync(["backup", Copy, "--keys", Keys], ["restore", Copy, "--check"]), StringComparison.Ordinal);
        Assert.Contains("backup: the last one is 0 minutes old", await DoctorAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Copy, "secrets")));
        Assert.Equal(PicturesOf(Data), PicturesOf(Copy));
        if (!OperatingSystem.IsWindows())
            Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(Copy, "*", SearchOption.AllDirectories), Atmosphere.Recognition.Storage.OwnerOnly.IsOpen);

        var refused = await CommandLineRun.OfAsync("restore", Copy, "--data", Restored);
        Assert.Contains("holds no keys", refused.Error, StringComparison.Ordinal);
        await TakenAsync(["restore", Copy, "--keys", Keys, "--data", Restored]);
        var persons = await CommandLineRun.OfAsync("persons", "list", "--json", "--data", Restored);
        Assert.Contains("Noa", persons.Out, StringComparison.Ordinal);
        Assert.Equal(PicturesOf(Copy), PicturesOf(Restored));
        Assert.Contains("holds a database already", (await CommandLineRun.OfAsync("restore", Copy, "--keys", Keys, "--data", Restored)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_erased_is_in_the_next_copy_no_more_and_a_damaged_copy_says_so()
    {
        await TakenAsync(["backup", Copy]);
        var picture = PicturesOf(Copy)[0];
        File.Delete(Path.Combine(Data, "media", picture));
        await TakenAsync(["backup", Copy], ["restore", Copy, "--check"]);
        Assert.DoesNotContain(picture, PicturesOf(Copy));

        File.Delete(Path.Combine(Copy, "media", PicturesOf(Copy)[0]));
        Assert.Contains("pictures", (await CommandLineRun.OfAsync("restore", Copy, "--check")).Error, StringComparison.Ordinal);
        await TakenAsync(["backup", Copy], ["restore", Copy, "--check"]);
        await using (var database = File.OpenWrite(Path.Combine(Copy, "atmosphere.db")))
            database.Write(new byte[100]);
        Assert.Equal(ExitCode.Failure, (await CommandLineRun.OfAsync("restore", Copy, "--check")).Code);
        Assert.Contains("within each other", (await CommandLineRun.OfAsync("backup", Path.Combine(Data, "copy"), "--data", Data)).Error, StringComparison.Ordinal);
        Assert.Contains("holds something else", (await CommandLineRun.OfAsync("backup", _folder, "--data", Data)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_at_random_moments_it_is_completed_by_the_next_one()
    {
        var random = new Random(20261201);
        for (var file = 0; file < 300; file++)
            await File.WriteAllBytesAsync(Path.Combine(Data, "media", "processed", $"{file:D4}.jpg"), new byte[random.Next(1, 200_000)]);

        for (var kill = 0; kill < 6; kill++)
        {
            using var process = Start();
            var (until, copied) = (random.Next(0, 300), Path.Combine(Copy, "media"));
            await Eventually.TrueAsync(
                () => process.HasExited || (Directory.Exists(copied) && Directory.EnumerateFiles(copied, "*", SearchOption.AllDirectories).Count() >= until), "it has copied so much");
            process.Kill();
            await process.WaitForExitAsync();
            var half = await CommandLineRun.OfAsync("restore", Copy, "--check");
            Assert.True(half.Code == ExitCode.Success || half.Error.Contains("completes it", StringComparison.Ordinal) || half.Error.Contains("complete it", StringComparison.Ordinal), half.Error);
            // Something is new at each.
            await File.WriteAllBytesAsync(Path.Combine(Data, "media", "processed", $"new-{kill}.jpg"), new byte[1000]);
        }

        await TakenAsync(["backup", Copy], ["restore", Copy, "--check"]);
        Assert.Equal(PicturesOf(Data), PicturesOf(Copy));
    }

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "Atmosphere.Bot.dll"), "backup", Copy, "--data", Data })
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Runs each command, with the data folder, and returns what the last one printed.</summary>
    private async Task<string> TakenAsync(params string[][] commands)
    {
        var printed = "";
        foreach (var command in commands)
        {
            string[] data = command.Contains("--data") ? [] : ["--data", Data];
            var (code, said, error) = await CommandLineRun.OfAsync([.. command, .. data]);
            Assert.True(code == ExitCode.Success, said + error);
            printed = said;
        }

        return printed;
    }

    private async Task<string> DoctorAsync() => (await CommandLineRun.OfAsync("doctor", "--data", Data, "--urls", "http://127.0.0.1:0")).Out;

    private static List<string> PicturesOf(string folder)
    {
        var media = Path.Combine(folder, "media");
        return [.. Directory.EnumerateFiles(media, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(DurableFiles.Unfinished, StringComparison.Ordinal)).Select(file => Path.GetRelativePath(media, file)).Order(StringComparer.Ordinal)];
    }
}
