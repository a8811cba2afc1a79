using System.Diagnostics;
using System.Text.Json;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Console;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>One link to nothing, or one name that is not UTF-8, ended the whole sort; a named pipe let it wait for ever.</summary>
public sealed class OneOddEntryDoesNotEndASort : IDisposable
{
    private readonly SortFixture _sort = new();

    public void Dispose()
    {
        // What is not UTF-8 cannot be removed by its name.
        using var shell = Process.Start("/bin/rm", ["-rf", _sort.Photos]);
        shell.WaitForExit();
        _sort.Dispose();
    }

    [Fact]
    public async Task Odd_entries_are_told_and_the_other_photos_sorted()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("trip/sample2.jpg");
        File.CreateSymbolicLink(Path.Combine(_sort.Photos, "gone.jpg"), Path.Combine(_sort.Photos, "nowhere.jpg"));
        File.CreateSymbolicLink(Path.Combine(_sort.Photos, "loop-a.jpg"), Path.Combine(_sort.Photos, "loop-b.jpg"));
        File.CreateSymbolicLink(Path.Combine(_sort.Photos, "loop-b.jpg"), Path.Combine(_sort.Photos, "loop-a.jpg"));
        Directory.CreateSymbolicLink(Path.Combine(_sort.Photos, "trip", "round"), _sort.Photos);
        await RunAsync("mkfifo pipe pipe.jpg && printf x > $(printf 'caf\\351.jpg') && mkdir $(printf 'd\\351') && cp trip/sample2.jpg $(printf 'd\\351')/a.jpg");
        await RunAsync("mkdir -p trip/@eaDir/sample2.jpg trip/.thumbnails && cp trip/sample2.jpg trip/@eaDir/sample2.jpg/SYNOPHOTO_THUMB_M.jpg && cp trip/sample2.jpg trip/.thumbnails/t.jpg && echo x > trip/Thumbs.db");

        var run = await _sort.SortAsync();

        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.Equal(["anna/sample2.jpg"], _sort.Sorted().Where(file => !file.StartsWith("nobody", StringComparison.Ordinal) && !file.StartsWith("uncertain", StringComparison.Ordinal)));
        var lines = _sort.JsonLines().Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("photo").GetString()!);
        Assert.Equal("processed", lines["trip/sample2.jpg"].GetProperty("status").GetString());
        foreach (var (entry, reason) in new[]
        {
            ("gone.jpg", "a link to"), ("loop-a.jpg", "cannot be read"), ("loop-b.jpg", "cannot be read"), ("pipe", "a named pipe"), ("pipe.jpg", "a named pipe"),
            ("caf\uFFFD.jpg", "not UTF-8"), ("d\uFFFD", "not UTF-8"),
        })
        {
            Assert.Equal("failed", lines[entry].GetProperty("status").GetString());
            Assert.Contains(reason, lines[entry].GetProperty("error").GetString(), StringComparison.Ordinal);
            Assert.Contains(entry, run.Out, StringComparison.Ordinal);
        }

        Assert.Equal(8, lines.Count);
        Assert.Contains("thumbnails left out", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_entries_among_the_photos_of_a_person_are_told_too()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("sample2.jpg");
        File.CreateSymbolicLink(Path.Combine(_sort.People, SortFixture.Person, "gone.jpg"), Path.Combine(_sort.People, "nowhere.jpg"));

        var run = await _sort.SortAsync();

        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.Contains("anna: left out: gone.jpg", run.Out, StringComparison.Ordinal);
    }

    private async Task RunAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { WorkingDirectory = _sort.Photos })!;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
    }
}
