using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Channels.WhatsApp;

/// <summary>The bot with Twilio's Messages API played by the test, and a mother who writes to it.</summary>
internal sealed class WhatsAppBot : IAsyncDisposable
{
    public const string Mother = "+15551234567";

    private int _messages;

    private WhatsAppBot(FakeTwilio vendor, BotServer server) => (Vendor, Server) = (vendor, server);

    public FakeTwilio Vendor { get; }

    public BotServer Server { get; }

    public static async Task<WhatsAppBot> StartAsync(TimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        var vendor = await FakeTwilio.StartAsync(clock);
        var server = await BotServer.StartAsync(
            services => services.AddSingleton(clock ?? TimeProvider.System),
            [.. vendor.Settings, ("Atmosphere:Channels:WhatsApp:Twilio:AskAfter", "00:00:00"), .. settings]);
        vendor.Bot = server.Address;
        var bot = new WhatsAppBot(vendor, server);
        await JoinAsync(server, Mother);
        return bot;
    }

    /// <summary>A number is in the class's chat group.</summary>
    public static Task JoinAsync(BotServer server, string number) =>
        server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            "INSERT INTO group_members (group_id, address_hash, joined_at) VALUES ('class', @hash, 0)", new { hash = session.Key.HashOf(number) }));

    public async Task RestartAsync()
    {
        await Server.RestartAsync();
        Vendor.Bot = Server.Address;
    }

    /// <summary>Twilio brings it to the webhook.</summary>
    public async Task SayAsync(string text, string from = Mother)
    {
        using var webhook = new TwilioWebhook(Server);
        var form = webhook.Message(text, from);
        (form["MessageSid"], form["To"]) = ($"SM{++_messages:x32}", FakeTwilio.From);
        await webhook.SayAsync(form);
    }

    /// <summary>Says it, and waits for the answer.</summary>
    public async Task<TwilioSent> AskAsync(string text)
    {
        var before = Vendor.Sent.Count;
        await SayAsync(text);
        await Eventually.TrueAsync(() => Vendor.Sent.Count > before, $"'{text}' is answered");
        return Vendor.Sent.ElementAt(before);
    }

    /// <summary>The mother's Maya is in a class photo, whose faces are decided: it is on its way to her.</summary>
    /// <param name="id">Of the photo.</param>
    public async Task PhotoAsync(string id, byte[] bytes)
    {
        var media = await Get<IMediaStore>().PutAsync(MediaBucket.Unprocessed, bytes, "image/jpeg", default);
        await WriteAsync(session => session.ExecuteAsync(
            $"""
            INSERT INTO persons (id, group_id, name, state, created_at) VALUES ('maya', 'class', 'Maya', 'connected', 0) ON CONFLICT DO NOTHING;
            INSERT INTO guardians (person_id, participant_id, role, since) SELECT 'maya', id, 'owner', 0 FROM participants WHERE address = '{Mother}' ON CONFLICT DO NOTHING;
            INSERT INTO consents (person_id, participant_id, version, text, given_at) SELECT 'maya', id, '1', 'I agree.', 0 FROM participants WHERE address = '{Mother}' ON CONFLICT DO NOTHING;
            INSERT INTO group_participants (group_id, participant_id, joined_at) SELECT 'class', id, 0 FROM participants WHERE address = '{Mother}' ON CONFLICT DO NOTHING;
            INSERT INTO photos (id, group_id, source_id, state, media, file_name, received_at)
            VALUES ('{id}', 'class', '{id}', 'processed', '{media}', 'one.jpg', {Get<TimeProvider>().GetUtcNow().ToUnixTimeMilliseconds()});
            INSERT INTO faces (id, photo_id, x, y, width, height, score, person_id, similarity, verdict)
            VALUES ('face-{id}', '{id}', 1, 1, 80, 80, 0.9, 'maya', 95, 'named');
            """));
        await WriteAsync(session => Get<IOutbox>().SendAsync(session, new DistributePhoto(new PhotoId(id))));
    }

    public T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    public Task WriteAsync(Func<Session, Task> change) => Get<Database>().WriteAsync(change);

    public Task<string?> StateAsync(string photo = "one") =>
        Server.QueryAsync<string>("SELECT state FROM media_distributions WHERE photo_id = @photo", new { photo });

    public Task UntilAsync(string state, string photo = "one", Action? meanwhile = null) => Eventually.TrueAsync(
        async () =>
        {
            meanwhile?.Invoke();
            return await StateAsync(photo) == state;
        },
        $"the delivery of {photo} is {state}");

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Vendor.DisposeAsync();
    }
}
