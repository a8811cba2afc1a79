using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Tests.Flows;

/// <summary>Who gets a photo, and who does not: the steps one by one, on rows that say what recognition found.</summary>
public sealed class Deliveries : IAsyncLifetime
{
    private readonly PhotoId _photo = new("photo");
    private RecognitionHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await RecognitionHost.StartAsync(workers: false);
        _ = await _host.ParentAsync("mother");
        var media = await _host.Media.PutAsync(MediaBucket.Unprocessed, RecognitionHost.Sample(2), "image/jpeg", default);
        await _host.ExecuteAsync(
            $"""
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0);
            INSERT INTO guardians (person_id, participant_id, role, since) VALUES ('maya', 'mother', 'owner', 0);
            INSERT INTO consents (person_id, participant_id, version, text, given_at) VALUES ('maya', 'mother', '1', 'I agree.', 0);
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
            VALUES ('photo', 'class', 'one', 'processed', '{media}', 'one.jpg', 0);
            """);
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task An_uncertain_face_is_never_delivered_to_a_parent()
    {
        await FaceAsync("uncertain");
        await _host.RunAsync(new DistributePhoto(_photo));

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions"));
        Assert.Equal(0, await _host.FilesAsync(MediaBucket.Outbound));
    }

    [Theory]
    [InlineData("connecting", 1)]
    [InlineData("connected", 1)]
    [InlineData("failed", 0)]
    public async Task A_named_face_is_delivered_from_the_moment_it_can_be_found(string state, int deliveries)
    {
        await FaceAsync("named");
        await _host.ExecuteAsync($"UPDATE persons SET state = '{state}'");
        await _host.RunAsync(new DistributePhoto(_photo));

        Assert.Equal(deliveries, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions"));
    }

    [Theory]
    [InlineData("UPDATE consents SET withdrawn_at = 1")]
    [InlineData("UPDATE persons SET state = 'erasing'")]
    public async Task Without_consent_nothing_is_prepared(string meanwhile)
    {
        await FaceAsync("named");
        await _host.ExecuteAsync(meanwhile);
        await _host.RunAsync(new DistributePhoto(_photo));

        Assert.Equal(0, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions"));
    }

    [Theory]
    [InlineData("UPDATE consents SET withdrawn_at = 1")]
    [InlineData("UPDATE persons SET state = 'erasing'")]
    public async Task Consent_that_is_withdrawn_before_the_sending_withholds_the_photo(string meanwhile)
    {
        var delivery = await PreparedAsync();
        await _host.ExecuteAsync(meanwhile);
        await _host.RunAsync(new SendMedia(delivery));

        Assert.Empty(_host.Parents.Got);
        Assert.Equal("withheld", await StateAsync());
    }

    [Fact]
    public async Task After_a_crash_while_it_was_sent_the_channel_is_asked_with_the_same_delivery()
    {
        var delivery = await PreparedAsync();
        _host.Parents.Answer = _ => throw new IOException("The process dies here.");
        await Assert.ThrowsAsync<IOException>(() => _host.RunAsync(new SendMedia(delivery)));
        Assert.Equal("sending", await StateAsync());

        _host.Parents.Answer = _ => SendOutcome.Sent;
        await _host.RunAsync(new SendMedia(delivery));

        Assert.Equal("sent", await StateAsync());
        Assert.Equal([delivery, delivery], _host.Parents.Got.Select(notice => notice.Delivery));
    }

    [Fact]
    public async Task Consent_that_is_withdrawn_while_a_crash_hid_the_outcome_sends_nothing_and_claims_nothing()
    {
        var delivery = await PreparedAsync();
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'sending'; UPDATE consents SET withdrawn_at = 1;");
        await _host.RunAsync(new SendMedia(delivery));

        Assert.Empty(_host.Parents.Got);
        Assert.Equal("unknown", await StateAsync());
    }

    [Theory]
    [InlineData(SendOutcome.Unknown, "unknown")]
    [InlineData(SendOutcome.Refused, "failed")]
    public async Task What_the_channel_says_is_what_is_recorded(SendOutcome outcome, string state)
    {
        var delivery = await PreparedAsync();
        _host.Parents.Answer = _ => outcome;
        await _host.RunAsync(new SendMedia(delivery));

        Assert.Equal(state, await StateAsync());
        await _host.RunAsync(new SendMedia(delivery));
        Assert.Single(_host.Parents.Got);
    }

    [Fact]
    public async Task The_sending_is_on_the_disk_before_the_channel_is_asked()
    {
        var delivery = await PreparedAsync();
        var seen = "";
        _host.Parents.Answer = _ =>
        {
            seen = StateAsync().GetAwaiter().GetResult();
            return SendOutcome.Sent;
        };
        await _host.RunAsync(new SendMedia(delivery));

        Assert.Equal("sending", seen);
    }

    [Theory]
    [InlineData("UPDATE faces SET verdict = 'named'", true)]
    [InlineData("UPDATE faces SET verdict = 'uncertain'", false)]
    [InlineData("UPDATE persons SET state = 'erasing'", false)]
    [InlineData("UPDATE consents SET withdrawn_at = 1", false)]
    public async Task What_would_not_be_sent_now_may_not_be_seen_either(string meanwhile, bool seen)
    {
        var delivery = await PreparedAsync();
        await _host.ExecuteAsync(meanwhile);

        Assert.Equal(seen, await _host.MaySeeAsync(delivery));
    }

    [Theory]
    [InlineData("sending", DeliveryStatus.Sent, "sent")]
    [InlineData("unknown", DeliveryStatus.Delivered, "delivered")]
    [InlineData("sent", DeliveryStatus.Delivered, "delivered")]
    [InlineData("sent", DeliveryStatus.Failed, "failed")]
    [InlineData("failed", DeliveryStatus.Sent, "failed")]
    [InlineData("failed", DeliveryStatus.Read, "read")]
    [InlineData("delivered", DeliveryStatus.Sent, "delivered")]
    [InlineData("delivered", DeliveryStatus.Failed, "delivered")]
    [InlineData("read", DeliveryStatus.Delivered, "read")]
    [InlineData("withheld", DeliveryStatus.Delivered, "withheld")]
    [InlineData("pending", DeliveryStatus.Sent, "pending")]
    public async Task A_report_takes_no_delivery_back(string state, DeliveryStatus report, string end)
    {
        var delivery = await PreparedAsync();
        await _host.ExecuteAsync($"UPDATE media_distributions SET state = '{state}', vendor_id = 'SM1'");
        await _host.RunAsync(new DeliveryReported(delivery, "SM2", report, null));
        Assert.Equal(state, await StateAsync());
        await _host.RunAsync(new DeliveryReported(delivery, "SM1", report, null));

        Assert.Equal(end, await StateAsync());
    }

    [Fact]
    public async Task What_waits_until_the_parent_writes_is_pending_and_operators_learn_of_it()
    {
        var delivery = await PreparedAsync();
        _host.Parents.Answer = _ => SendOutcome.Held;
        await _host.RunAsync(new SendMedia(delivery));
        await _host.RunAsync(new SendMedia(delivery));

        Assert.Equal("pending", await StateAsync());
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM notifications WHERE kind = 'delivery-held'"));
        Assert.Equal(1, await _host.ScalarAsync<int>("SELECT COUNT(*) FROM media_distributions WHERE held_at IS NOT NULL"));
    }

    [Theory]
    [InlineData(true, "unknown")]
    [InlineData(false, "failed")]
    public async Task A_delivery_that_may_have_arrived_when_it_was_given_up_is_unknown(bool may, string state)
    {
        var delivery = await PreparedAsync();
        await _host.ExecuteAsync("UPDATE media_distributions SET state = 'sending'");
        await _host.ExhaustAsync(new SendMedia(delivery), new Atmosphere.Recognition.Messaging.TryLaterException("No answer.", TimeSpan.Zero) { MayHaveHappened = may });

        Assert.Equal(state, await StateAsync());
    }

    private Task FaceAsync(string verdict) => _host.ExecuteAsync(
        $"""
        INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict)
        VALUES ('face', 'photo', 1, 1, 80, 80, 0.9, 'maya', 95, '{verdict}')
        """);

    private async Task<DeliveryId> PreparedAsync()
    {
        await FaceAsync("named");
        await _host.RunAsync(new DistributePhoto(_photo));
        Assert.Equal("pending", await StateAsync());
        return await _host.Database.ReadAsync(session => session.QuerySingleOrDefaultAsync<DeliveryId>("SELECT id FROM media_distributions"));
    }

    private async Task<string> StateAsync() => (await _host.ScalarAsync<string>("SELECT state FROM media_distributions"))!;
}
