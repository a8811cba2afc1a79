using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Imaging;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A repeated request for a picture causes no second decoding.</summary>
public sealed class SmallPicturesAreMadeOnce
{
    [Fact]
    public async Task However_many_ask_at_once()
    {
        await using var server = await BotServer.StartAsync();
        var small = server.Services.GetRequiredService<SmallPictures>();
        var jpeg = server.Services.GetRequiredService<PhotoEncoder>().EncodeJpeg(DrawnPhotos.Quarters(800, 600), 90);
        // Larger than WhatsApp takes: what follows the picture's end is no part of it.
        byte[] large = [.. jpeg, .. new byte[SmallPictures.Largest]];
        var (key, another) = (new MediaKey("outbound/0.jpg"), new MediaKey("outbound/1.jpg"));

        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => small.Of(key, large))));

        Assert.InRange(made[0].Length, 1, SmallPictures.Largest);
        Assert.All(made, picture => Assert.Same(made[0], picture));
        Assert.NotSame(made[0], small.Of(another, large));
    }
}
