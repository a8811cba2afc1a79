using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A parent who looks in the evening sees the photo of the morning.</summary>
public sealed class ALinkLivesAsLongAsItsPhoto : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atmosphere-links-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("outbound/photo.jpg", 24, 23, true)]
    [InlineData("outbound/photo.jpg", 24, 25, false)]
    [InlineData("outbound/photo.jpg", 0, 0.9, true)]
    [InlineData("training/face.jpg", 24, 0.9, true)]
    [InlineData("training/face.jpg", 24, 2, false)]
    public void It_opens_the_photo_for_hours(string media, int keptHours, double laterHours, bool opens)
    {
        var clock = new TestClock();
        var retention = new RetentionOptions { GroupPhotosAfterDelivery = TimeSpan.FromHours(keptHours) };
        var links = new PictureLinks(new ServerSecret(_folder), Options.Create(retention), clock);
        var token = links.PathOf(new ParticipantId("parent"), "delivery-1", new MediaKey(media))["/pictures/".Length..];
        clock.Advance(TimeSpan.FromHours(laterHours));
        Assert.Equal(opens, links.Open(token) is { IsOver: false });
    }
}
