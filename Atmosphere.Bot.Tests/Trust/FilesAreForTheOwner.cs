using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Scenarios;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>What is kept is for the user that the program runs as, whatever the shell that started it allows.</summary>
public sealed class FilesAreForTheOwner : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-owner-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_leaves_nothing_that_others_can_read_and_doctor_says_where_something_is()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
#pragma warning disable CA1416 // Said above.
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        using (var server = new ServerProcess(_folder))
        {
            await server.StartAsync();
            using var http = new HttpClient { BaseAddress = server.Address };
            using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(SharedPhotos.Samples, "sample2.jpg"))), "photo", "photo.jpg" } };
            using var posted = await http.PostAsync("playground/groups/class/photos", form);
            Assert.True(posted.IsSuccessStatusCode, server.Output);
        }

        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder, "media"), "*.jpg", SearchOption.AllDirectories));
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Append(_folder), OwnerOnly.IsOpen);

        var (_, fine) = await ProgramProcess.RunAsync(_folder, "doctor", "--data", _folder, "--urls", "http://127.0.0.1:0");
        Assert.Contains("privacy of files: nobody else can read it", fine, StringComparison.Ordinal);
        var open = Path.Combine(_folder, "atmosphere.db");
        File.SetUnixFileMode(open, (UnixFileMode)0b110_100_100);
        var (code, told) = await ProgramProcess.RunAsync(_folder, "doctor", "--data", _folder, "--urls", "http://127.0.0.1:0");
#pragma warning restore CA1416
        Assert.NotEqual(0, code);
        Assert.Contains($"open to other users of this machine, such as {open}. Run: chmod -R go= {_folder}", told, StringComparison.Ordinal);
    }
}
