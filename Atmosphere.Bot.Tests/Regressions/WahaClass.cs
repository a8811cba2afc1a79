using System.Text.Json.Nodes;
using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Tests.Channels.Groups;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Regressions;

/// <summary>A class whose group a WAHA container carries, with a teacher who posts photos and a mother whose child is in them.</summary>
internal sealed class WahaClass : IAsyncDisposable
{
    public const string TeacherId = "4915100000001@c.us";
    public const string Mother = "+4915100000002";
    public const string MotherId = "4915100000002@c.us";

    private WahaClass(FakeWaha waha, GroupServer server, GroupId group) => (Waha, Server, Group) = (waha, server, group);

    public FakeWaha Waha { get; }

    public GroupServer Server { get; }

    public GroupId Group { get; }

    public static Task<WahaClass> StartAsync(params (string, string)[] settings) => StartAsync(null, settings);

    public static async Task<WahaClass> StartAsync(Action<IServiceCollection>? replace, params (string, string)[] settings)
    {
        var waha = await FakeWaha.StartAsync();
        waha.Members[Class] = [(TeacherId, null), (MotherId, null)];
        var server = await GroupServer.StartAsync([.. waha.Settings, .. settings], replace);
        var teacher = await server.ParticipantAsync("+4915100000001", teacher: true);
        await waha.PostAsync(server.Bot.Address, waha.Message(Class, TeacherId, await server.CodeAsync(teacher), "code", Now - 600));
        var group = await server.LinkedAsync("whatsapp-waha", Class);
        await Eventually.TrueAsync(() => server.IsMemberAsync(group, Mother), "the members are known");
        waha.Files["photo.jpg"] = RecognitionHost.Sample(2);
        return new WahaClass(waha, server, group);
    }

    /// <summary>The mother's child is learned.</summary>
    public async Task<ParticipantId> RegisterAsync(string name = "Maya")
    {
        var (services, mother) = (Server.Bot.Services, await Server.ParticipantAsync(Mother));
        var photo = RecognitionHost.Sample(2);
        var box = (await services.GetRequiredService<IFaceEngine>().DetectAsync(services.GetRequiredService<PhotoDecoder>().Decode(photo, "photo"), DetectionPlan.Portrait, default))[1].Box;
        var media = await services.GetRequiredService<IMediaStore>().PutAsync(MediaBucket.Training, photo, "image/jpeg", default);
        var person = PersonId.New();
        await Server.Database.WriteAsync(async session =>
        {
            await services.GetRequiredService<IRegistrations>().BeginAsync(session, new NewPerson(person, name, mother, Group, "1", "I agree.", [new EnrolmentPhoto(media, box)]));
            await session.ExecuteAsync("UPDATE persons SET confirmed_at = 1, matches_checked_at = 1 WHERE id = @person", new { person });
        });
        await Eventually.TrueAsync(() => Told("connect-person.connected") == 1, $"{name} is learned");
        return mother;
    }

    public Task<int> PostAsync(JsonNode body) => Waha.PostAsync(Server.Bot.Address, body);

    public async Task PostPhotoAsync(string key, string author = TeacherId, string file = "photo.jpg", string type = "image/jpeg") =>
        Assert.Equal(200, await PostAsync(Waha.Message(Class, author, "", key, Now, file, type)));

    /// <summary>What the container says when the author deletes a message for everyone, as GOWS says it.</summary>
    public async Task WithdrawAsync(string key, string author = TeacherId) =>
        Assert.Equal(200, await PostAsync(Waha.Event("message.revoked", new JsonObject
        {
            ["revokedMessageId"] = key,
            ["before"] = null,
            ["after"] = new JsonObject { ["id"] = $"false_{Class}_{key}-REVOKE_{author}", ["from"] = Class, ["timestamp"] = Now, ["hasMedia"] = false },
            ["_data"] = new JsonObject { ["Message"] = new JsonObject { ["protocolMessage"] = new JsonObject { ["type"] = 0, ["key"] = new JsonObject { ["ID"] = key } } } },
        })));

    /// <summary>Waits until nothing more happens.</summary>
    public async Task QuietAsync()
    {
        await Server.HandledAsync();
        await Eventually.TrueAsync(async () => await Server.CountAsync("messages") == 0, "nothing is left to do");
    }

    public int Told(string text) => Server.Parents.Got.Count(notice => notice.Text == text);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Waha.DisposeAsync();
    }
}
