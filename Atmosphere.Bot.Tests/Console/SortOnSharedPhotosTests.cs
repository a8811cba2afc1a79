using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Fixtures;

namespace Atmosphere.Bot.Tests.Console;

public sealed class SortOnSharedPhotosTests : IDisposable
{
    private readonly SortFixture _sort = new();

    [Fact]
    public async Task Real_persons_are_found_in_real_group_photos_and_strangers_are_nobody()
    {
        foreach (var person in new[] { "bbt_penny", "bbt_howard" })
        {
            Directory.CreateDirectory(Path.Combine(_sort.People, person));
            foreach (var photo in Directory.EnumerateFiles(SharedPhotos.Path("enrol", person)))
                File.Copy(photo, Path.Combine(_sort.People, person, Path.GetFileName(photo)));
        }

        Directory.CreateDirectory(_sort.Photos);
        foreach (var photo in new[] { "bbt3.jpg", "azure_detection1.jpg" })
            File.Copy(SharedPhotos.Path("group", photo), Path.Combine(_sort.Photos, photo));

        var run = await _sort.SortAsync();

        Assert.True(run.Code == ExitCode.Success, run.Error);
        Assert.Equal(["bbt_howard/bbt3.jpg", "bbt_penny/bbt3.jpg", "nobody/azure_detection1.jpg"], _sort.Sorted());
    }

    public void Dispose() => _sort.Dispose();
}
