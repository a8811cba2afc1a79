using System.Text.Json;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Console;

public sealed class SortTests : IDisposable
{
    private readonly SortFixture _sort = new();

    [Fact]
    public async Task A_photo_lands_in_the_folder_of_the_person_in_it_and_the_others_elsewhere()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("sample2.jpg");
        _sort.AddPhoto("sample5.jpg", "sample5.jpg");

        var run = await _sort.SortAsync();

        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.Contains("anna/sample2.jpg", _sort.Sorted());
        Assert.DoesNotContain("anna/sample5.jpg", _sort.Sorted());
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_sort.Photos, "sample2.jpg")), await File.ReadAllBytesAsync(Path.Combine(_sort.Out, "anna", "sample2.jpg")));
    }

    [Fact]
    public async Task The_json_file_has_a_line_a_photo_with_the_documented_fields()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("trip/sample2.jpg");
        await File.WriteAllTextAsync(Path.Combine(_sort.Photos, "broken.jpg"), "<html>");

        await _sort.SortAsync();

        var lines = _sort.JsonLines().Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["broken.jpg", "trip/sample2.jpg"], lines.Select(line => line.GetProperty("photo").GetString()));
        Assert.Equal(["failed", "processed"], lines.Select(line => line.GetProperty("status").GetString()));
        Assert.Contains("broken.jpg", lines[0].GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, lines[1].GetProperty("error").ValueKind);
        var anna = lines[1].GetProperty("faces").EnumerateArray().Single(face => face.GetProperty("person").GetString() == "anna");
        Assert.Equal(4, anna.GetProperty("box").GetArrayLength());
        Assert.InRange(anna.GetProperty("score").GetDouble(), 0.5, 1);
        Assert.InRange(anna.GetProperty("similarity").GetDouble(), 90, 100);
        Assert.False(anna.GetProperty("uncertain").GetBoolean());
    }

    [Fact]
    public async Task Two_photos_of_one_name_are_kept_apart_and_keep_their_names_in_a_rerun()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("monday/a.jpg");
        File.AppendAllText(_sort.AddPhoto("tuesday/a.jpg"), "tail");

        await _sort.SortAsync();
        Assert.Equal(["anna/a (2).jpg", "anna/a.jpg"], _sort.Sorted());
        await _sort.SortAsync();
        Assert.Equal(["anna/a (2).jpg", "anna/a.jpg"], _sort.Sorted());
    }

    [Fact]
    public async Task Nobody_elses_file_is_overwritten()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("a.jpg");
        var foreign = Path.Combine(_sort.Out, "anna", "a.jpg");
        Directory.CreateDirectory(Path.GetDirectoryName(foreign)!);
        await File.WriteAllTextAsync(foreign, "mine");

        await _sort.SortAsync();

        Assert.Equal("mine", await File.ReadAllTextAsync(foreign));
        Assert.Contains("anna/a (2).jpg", _sort.Sorted());
    }

    [Fact]
    public async Task A_rerun_recognises_only_what_is_new_or_changed()
    {
        await _sort.AddPersonAsync();
        var first = _sort.AddPhoto("a.jpg");
        _sort.AddPhoto("b.jpg", "sample5.jpg");
        await _sort.SortAsync();

        _sort.AddPhoto("c.jpg", "sample5.jpg");
        File.Copy(Path.Combine(_sort.Photos, "b.jpg"), first, overwrite: true);
        File.SetLastWriteTimeUtc(first, File.GetLastWriteTimeUtc(first).AddSeconds(5));
        var rerun = await _sort.SortAsync();

        Assert.Contains("1 photos were sorted by an earlier run", rerun.Out, StringComparison.Ordinal);
        Assert.Contains("Recognising photos: 2 of 2", rerun.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("anna/a.jpg", _sort.Sorted());
        Assert.Equal(3, _sort.JsonLines().Length);
    }

    [Fact]
    public async Task Changed_people_are_learned_again_and_every_photo_is_recognised_again()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("a.jpg");
        await _sort.SortAsync();

        Directory.Move(Path.Combine(_sort.People, "anna"), Path.Combine(_sort.People, "berta"));
        await _sort.SortAsync();

        Assert.Equal(["berta/a.jpg"], _sort.Sorted());
        Assert.Contains("\"berta\"", Assert.Single(_sort.JsonLines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_that_were_deleted_come_back_without_recognising_again()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("a.jpg");
        await _sort.SortAsync();
        Directory.Delete(_sort.Out, recursive: true);

        var rerun = await _sort.SortAsync();

        Assert.DoesNotContain("Recognising", rerun.Out, StringComparison.Ordinal);
        Assert.Equal(["anna/a.jpg"], _sort.Sorted());
    }

    [Fact]
    public async Task Links_lead_to_the_photos_and_become_copies_when_asked_again()
    {
        await _sort.AddPersonAsync();
        var photo = _sort.AddPhoto("a.jpg");
        var sorted = Path.Combine(_sort.Out, "anna", "a.jpg");

        await _sort.SortAsync("--link");
        Assert.Equal(photo, new FileInfo(sorted).LinkTarget);
        await _sort.SortAsync("--copy");
        Assert.Null(new FileInfo(sorted).LinkTarget);
    }

    [Fact]
    public async Task Killed_in_the_middle_it_is_continued_and_ends_as_if_it_had_not_been()
    {
        await _sort.AddPersonAsync();
        for (var i = 0; i < 12; i++)
            _sort.AddPhoto($"{i:00}.jpg", $"sample{(i % 6) + 1}.jpg");

        using (var process = ProgramProcess.Start(_sort.Folder, _sort.Arguments))
        {
            await Eventually.TrueAsync(() => _sort.Sorted().Length >= 3, "three photos are sorted");
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.False(File.Exists(_sort.Json));
        var rerun = await _sort.SortAsync();
        var (continued, files) = (_sort.JsonLines(), _sort.Sorted());

        Assert.Matches(new Regex("^[1-9][0-9]* photos were sorted by an earlier run", RegexOptions.Multiline), rerun.Out);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"{i:00}.jpg"), continued.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("photo").GetString()));
        Directory.Delete(Path.Combine(_sort.Folder, "data"), recursive: true);
        await _sort.SortAsync();
        Assert.Equal(continued, _sort.JsonLines());
        Assert.Equal(files, _sort.Sorted());
    }

    [Fact]
    public async Task Notes_that_are_lost_cost_time_but_make_no_second_copies()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("a.jpg");
        await _sort.SortAsync();
        Directory.Delete(Path.Combine(_sort.Folder, "data"), recursive: true);
        await _sort.SortAsync();

        Assert.Equal(["anna/a.jpg"], _sort.Sorted());
    }

    [Fact]
    public async Task When_no_photo_can_be_read_it_has_failed()
    {
        await _sort.AddPersonAsync();
        Directory.CreateDirectory(_sort.Photos);
        await File.WriteAllTextAsync(Path.Combine(_sort.Photos, "broken.jpg"), "<html>");

        var run = await _sort.SortAsync();

        Assert.Equal(ExitCode.Failure, run.Code);
        Assert.Contains("broken.jpg", run.Out, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("uncertain")]
    [InlineData("Nobody")]
    [InlineData("a\nb")]
    public async Task A_person_cannot_have_a_name_that_would_mix_folders(string name)
    {
        _sort.AddPhoto("a.jpg");
        Directory.CreateDirectory(Path.Combine(_sort.People, name));

        var run = await _sort.SortAsync();

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Rename", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_that_get_into_each_others_way_are_refused()
    {
        await _sort.AddPersonAsync();
        _sort.AddPhoto("a.jpg");
        foreach (var output in new[] { _sort.Photos, _sort.Folder, Path.Combine(_sort.People, "out"), Path.Combine(_sort.Photos, "a.jpg") })
        {
            var run = await CommandLineRun.OfAsync("sort", "--people", _sort.People, "--photos", _sort.Photos, "--out", output);

            Assert.Equal(ExitCode.Usage, run.Code);
            Assert.Contains($"--out {output}", run.Error, StringComparison.Ordinal);
        }
    }

    public void Dispose() => _sort.Dispose();
}
