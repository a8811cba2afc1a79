using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Messaging.Operations;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A photo that began again while a delivery of it rested took the faces away from the delivery, which was then withheld for ever.</summary>
public sealed class ASecondStartLosesNoDelivery : IAsyncLifetime
{
    private RecognitionHost _host = null!;

    private OperatorPhotos Photos => _host.Get<OperatorPhotos>();

    public async ValueTask InitializeAsync() => _host = await RecognitionHost.StartAsync(workers: false);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("pending")]
    [InlineData("sending")]
    public async Task It_waits_until_the_delivery_has_ended(string state)
    {
        var (photo, send) = await DegradedAsync();
        await _host.ExecuteAsync($"UPDATE media_distributions SET state = '{state}'");

        var refusal = await Assert.ThrowsAsync<ReplayRefusedException>(() => Photos.RetryAsync(photo));
        Assert.Contains("is still being sent", refusal.Message, StringComparison.Ordinal);
        Assert.NotEqual(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM faces"));

        await _host.RunAsync(send);
        await Photos.RetryAsync(photo);
        await _host.RunQueuedAsync();
        Assert.Single(_host.Parents.Got);
        Assert.Equal("processed sent", await _host.ScalarAsync<string>("SELECT p.state || ' ' || d.state FROM photos p JOIN media_distributions d ON d.photo_id = p.id"));
    }

    [Fact]
    public async Task A_message_that_came_between_the_look_and_the_start_keeps_it_from_starting()
    {
        var (photo, _) = await DegradedAsync();
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'sent', sent_at = 1");
        var effects = await _host.Get<RestartPhoto>().PlanAsync(photo, default);
        await _host.Database.WriteAsync(session => _host.Get<IOutbox>().SendAsync(session, new DistributePhoto(photo)));

        await Assert.ThrowsAsync<ReplayRefusedException>(
            () => _host.Database.WriteAsync(session => effects.ApplyAsync(session, _host.Get<IOutbox>())));
        Assert.Equal("degraded", await _host.ScalarAsync<string>("SELECT state FROM photos"));
    }

    [Fact]
    public async Task What_was_withheld_from_a_parent_who_consents_is_delivered()
    {
        var (photo, _) = await DegradedAsync();
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'withheld'");

        await Photos.RetryAsync(photo);
        await _host.RunQueuedAsync();

        Assert.Single(_host.Parents.Got);
    }

    [Fact]
    public async Task What_was_withheld_from_a_parent_who_does_not_consent_stays_withheld()
    {
        var (photo, _) = await DegradedAsync();
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'withheld'; UPDATE consents SET withdrawn_at = 1");

        await Photos.RetryAsync(photo);
        await _host.RunQueuedAsync();

        Assert.Empty(_host.Parents.Got);
    }

    /// <summary>A degraded photo whose delivery is still to be sent.</summary>
    private async Task<(PhotoId Photo, IMessage Send)> DegradedAsync()
    {
        await _host.ConnectAsync("Maya", await _host.ParentAsync("mother"), RecognitionHost.Sample(2), 1);
        await _host.Photos.ReceiveAsync(RecognitionHost.Class, "one", "one.jpg", RecognitionHost.Sample(2), default);
        IMessage? send = null;
        while (await _host.TakeAsync() is { } message)
        {
            if (message is SendMedia)
                send = message;
            else
                await _host.RunAsync(message);
        }

        await _host.ExecuteAsync("UPDATE photos SET state = 'degraded'");
        return ((await _host.Photos.FindAsync(RecognitionHost.Class, "one"))!.Photo, send!);
    }
}
