using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>A link to a picture, as somebody has it in their chat.</summary>
internal sealed record PictureLinkOf(string Whose, MediaKind Kind, MediaKey Media, string BoundTo, bool IsSmall, Uri Address);

/// <summary>A family and a teacher in whose chats is every kind of picture that there is, each with its links.</summary>
internal sealed class PictureScene(TrustChats chats, ShiftedClock? clock = null) : IAsyncDisposable
{
    private readonly HttpClient _http = new();

    public TrustChats Chats => chats;

    public ShiftedClock Clock => clock!;

    /// <summary>Registered both children, and shares them.</summary>
    public DirectLineChat Owner { get; private set; } = null!;

    /// <summary>Guardian of both.</summary>
    public DirectLineChat Mother { get; private set; } = null!;

    /// <summary>Guardian of one; gets albums.</summary>
    public DirectLineChat Father { get; private set; } = null!;

    public DirectLineChat Teacher { get; private set; } = null!;

    public IReadOnlyList<DirectLineChat> Viewers => [Mother, Father, Teacher];

    private BotServer Server => chats.Server;

    /// <summary>Copies of them are shown, never they themselves.</summary>
    public static bool IsNeverShown(MediaKind kind) => kind is MediaKind.GroupPhoto or MediaKind.FaceCrop or MediaKind.FaceZoomIn or MediaKind.HeldCrop;

    public static async Task<PictureScene> MakeAsync()
    {
        var clock = new ShiftedClock();
        var chats = await TrustChats.StartAsync(services => services.AddSingleton<TimeProvider>(clock));
        var scene = new PictureScene(chats, clock) { Owner = await chats.OpenAsync(), Mother = await chats.OpenAsync(), Father = await chats.OpenAsync(), Teacher = await chats.OpenAsync() };
        await chats.Server.Services.GetRequiredService<Database>().WriteAsync(session => session.ExecuteAsync(
            "UPDATE participants SET teacher_since = 1 WHERE address = @address", new { address = scene.Teacher.Conversation }));
        await scene.RegisterAsync();
        await scene.ShowAsync();
        await chats.QuietAsync();
        return scene;
    }

    /// <summary>Registers the face with that number, from the left, of a photo of four people.</summary>
    public static async Task RegisterFromFourAsync(TrustChats chats, DirectLineChat chat, string name, string number)
    {
        foreach (var word in (string[])["add child", name])
            _ = await chats.SayAsync(chat, word);
        _ = await chats.SayAsync(chat, "", "four.jpg");
        foreach (var word in (string[])[number, "done", "yes", "yes"])
            _ = await chats.SayAsync(chat, word);
        Assert.Contains($"{name} is registered", (await chat.HearAsync()).Text, StringComparison.Ordinal);
    }

    /// <summary>The links in everybody's chats, and one, made up, to each file that is never shown.</summary>
    public async Task<IReadOnlyList<PictureLinkOf>> LinksAsync()
    {
        var links = new List<PictureLinkOf>();
        foreach (var (whose, chat) in ((string, DirectLineChat)[])[("mother", Mother), ("father", Father), ("teacher", Teacher)])
            links.AddRange(await LinksOfAsync(whose, chat));
        var never = await Server.Services.GetRequiredService<Database>().ReadAsync(session => session.QueryAsync<MediaKey>(
            "SELECT DISTINCT media FROM media_subjects WHERE kind IN ('group-photo', 'face-crop', 'face-zoom-in', 'held-crop')"));
        foreach (var media in never)
        {
            // The mother's own message shows it, as far as a message can.
            var message = $"pretends {media}";
            await Mother.SayAsync(message, $"media:{media}", []);
            _ = await Mother.HearAsync();
            links.Add(await LinkAsync("mother", Mother, media, message, small: false));
        }

        return links;
    }

    /// <summary>The links in one chat, each whole and small.</summary>
    public async Task<IReadOnlyList<PictureLinkOf>> LinksOfAsync(string whose, DirectLineChat chat)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, chat.Address("activities"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", chat.Token);
        using var answer = await _http.SendAsync(request);
        var activities = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["activities"]!.AsArray();
        var links = new List<PictureLinkOf>();
        foreach (var url in activities.SelectMany(activity => activity!["attachments"]?.AsArray() ?? []).Select(attachment => new Uri($"{attachment!["contentUrl"]}")))
        {
            var link = Server.Services.GetRequiredService<PictureLinks>().Open(url.Segments[^1])!;
            // What is deleted already, such as the photos to learn from, has no subjects any more.
            if (await KindAsync(link.Media) is not { } kind)
                continue;
            links.Add(new PictureLinkOf(whose, kind, link.Media, link.BoundTo, false, url));
            if (kind != MediaKind.Export)
                links.Add(await LinkAsync(whose, chat, link.Media, link.BoundTo, small: true));
        }

        return links;
    }

    /// <summary>The same link, signed for somebody else.</summary>
    public Task<PictureLinkOf> ForgeAsync(PictureLinkOf link, DirectLineChat other) => LinkAsync("stranger", other, link.Media, link.BoundTo, small: false);

    public async Task<HttpStatusCode> GetAsync(PictureLinkOf link)
    {
        using var answer = await _http.GetAsync(AddressOf(link));
        return answer.StatusCode;
    }

    /// <summary>What every way to ask for it answers.</summary>
    public async Task<IReadOnlyList<(string Way, HttpStatusCode Status)>> AskAsync(PictureLinkOf link)
    {
        using var head = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Head, AddressOf(link)));
        using var part = await _http.SendAsync(new HttpRequestMessage(HttpMethod.Get, AddressOf(link)) { Headers = { Range = new RangeHeaderValue(0, 9) } });
        return [("GET", await GetAsync(link)), ("HEAD", head.StatusCode), ("GET of a range", part.StatusCode)];
    }

    /// <summary>The server has another port after a restart.</summary>
    private Uri AddressOf(PictureLinkOf link) => new(Server.Address, link.Address.PathAndQuery);

    public string PathOf(MediaKey media) => Path.Combine(Server.Data, "media", media.Value);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (clock is not null)
            await chats.DisposeAsync();
    }

    private async Task RegisterAsync()
    {
        await chats.RegisterAsync(Owner, "Mia", "mia.jpg");
        await RegisterFromFourAsync(chats, Owner, "Lea", "3");
        foreach (var (guardian, child) in ((DirectLineChat, string)[])[(Mother, "Mia"), (Mother, "Lea"), (Father, "Mia")])
        {
            _ = await chats.SayAsync(guardian, await chats.ShareAsync(Owner, child));
            _ = await chats.SayAsync(guardian, "yes");
            _ = await Owner.HearAsync();
        }

        _ = await chats.SayAsync(Father, "daily");
        await ClassPhotos.PostAsync(Server, "four.jpg");
        await ClassPhotos.ComeTheEveningAsync(Server);
        foreach (var (chat, count) in ((DirectLineChat, int)[])[(Owner, 1), (Mother, 1), (Father, 2)])
        {
            for (var heard = 0; heard < count; heard++)
                _ = await chat.HearAsync();
        }
    }

    private async Task ShowAsync()
    {
        foreach (var word in (string[])["why", "my children", "export", "not my child"])
            await UntilQuietAsync(Mother, word);
        await UntilQuietAsync(Father, "add photos", "noa-1.jpg");
        await UntilQuietAsync(Father, "yes");
        await UntilQuietAsync(Father, "done");
        await UntilQuietAsync(Father, "add photos", "noa-2.jpg");
        await UntilQuietAsync(Teacher, "who is this");
    }

    /// <summary>However many messages the answer has.</summary>
    public async Task UntilQuietAsync(DirectLineChat chat, string text, params string[] files)
    {
        _ = await chats.SayAsync(chat, text, files);
        await chats.QuietAsync();
        while (await chat.CountAsync() > chat.Heard)
            _ = await chat.HearAsync();
    }

    private async Task<PictureLinkOf> LinkAsync(string whose, DirectLineChat chat, MediaKey media, string boundTo, bool small)
    {
        var viewer = new ParticipantId((await Server.QueryAsync<string>("SELECT id FROM participants WHERE address = @address", new { address = chat.Conversation }))!);
        var path = Server.Services.GetRequiredService<PictureLinks>().PathOf(viewer, boundTo, media, TimeSpan.FromHours(1), small);
        return new PictureLinkOf(whose, (await KindAsync(media))!.Value, media, boundTo, small, new Uri(Server.Address, path));
    }

    private async Task<MediaKind?> KindAsync(MediaKey media) =>
        (await Server.Services.GetRequiredService<Database>().ReadAsync(session => MediaSubjectTable.FindAsync(session, media)))?.Kind;
}

/// <summary>The clock of the machine, set ahead.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
