using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>Erasing a WhatsApp user leaves no phone number on disk, in any spelling, and no hash of it.</summary>
public sealed class NoNumberIsLeft
{
    private const string Digits = "15551234567";

    [Fact]
    public async Task Of_somebody_who_had_a_child_a_photo_a_membership_and_an_open_event()
    {
        await using var bot = await WhatsAppBot.StartAsync(null, ("Atmosphere:Erasures:LastWord", "00:00:00"));
        var hash = bot.Get<Database>().Key.HashOf(WhatsAppBot.Mother);
        _ = await bot.AskAsync("help");
        await bot.PhotoAsync("one", RecognitionHost.Sample(2));
        await bot.UntilAsync("sent");
        await bot.WriteAsync(session => session.ExecuteAsync(
            $$"""
            INSERT INTO group_members (group_id, address_hash, joined_at) VALUES ('class', '{{hash}}', 0) ON CONFLICT DO NOTHING;
            INSERT INTO group_departures (group_id, address_hash, left_at) VALUES ('class', '{{hash}}', 0);
            INSERT INTO webhook_events (id, channel, source_id, user_id, kind, body, received_at) VALUES ('stuck', 'whatsapp-waha', 'x', '', 'event', '{"sender":"{{Digits}}@c.us"}', 0);
            """));
        Assert.NotEmpty(ByteSearch.Texts(bot.Server.Data, Digits));

        _ = await bot.AskAsync("forget me");
        _ = await bot.AskAsync("yes");
        await Eventually.TrueAsync(
            async () => await bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM erasures WHERE state <> 'erased'") == 0
                && await bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM participants") == 0
                && await bot.Server.QueryAsync<long>("SELECT COUNT(*) FROM messages") == 0,
            "everything is erased");

        Assert.Contains("deleted", bot.Vendor.Sent.Last().Body, StringComparison.Ordinal);
        Assert.Empty(ByteSearch.Texts(bot.Server.Data, Digits, hash));
    }
}
