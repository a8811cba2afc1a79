using System.Net;
using System.Text.RegularExpressions;
using Atmosphere.Bot.Console;
using Atmosphere.Bot.Tests.Console;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Transcripts;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Bot.Tests.Trust;

/// <summary>
/// People who decide about a face see it, beside the registered one that it looks like. The parent who asks is never told whether a face is
/// known, and can always ask a teacher.
/// </summary>
public sealed partial class WhoConfirmsSeesTheFace : IAsyncLifetime
{
    private const string Waits = "somebody who knows the group Class confirms that";
    private const string NotRegistered = "is not registered, and nothing of it is kept";
    private const string ComeBack = "we will come back to you";

    private readonly List<ParentChat> _chats = [];
    private BotServer _server = null!;
    private ParentChat _teacher = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await BotServer.StartAsync();
        _teacher = await OpenAsync();
        await _server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            await session.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE address = @address", new { address = _teacher.Address });
            await session.ExecuteAsync("UPDATE groups SET confirms = 1, teacher_id = (SELECT id FROM participants WHERE teacher_since = 1) WHERE id = 'class'");
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var chat in _chats)
            await chat.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_confirmation_shows_the_face_the_name_the_group_and_who_asks()
    {
        var parent = await OpenAsync();
        await parent.RegisterAsync("Noa", "noa-1.jpg");
        var asked = await _teacher.HearAsync("Is it Noa");
        Assert.Single(asked.Attachments);
        Assert.StartsWith("Another parent has registered Noa for the group Class", asked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registration_that_looks_like_a_registered_child_shows_both_faces_and_is_not_learned_before_the_answer()
    {
        await ConfirmedAsync("Noa", "noa-1.jpg");
        var other = await OpenAsync();
        await other.RegisterAsync("Nona", "noa-2.jpg");
        var asked = await _teacher.HearAsync("Are they one child, or two");
        Assert.Single(asked.Attachments);
        var shown = _server.Services.GetRequiredService<PhotoDecoder>().Decode(await HeldPictureAsync(), "the picture");
        Assert.True(shown.Width > 1.5 * shown.Height, $"{shown.Width} x {shown.Height} pixels do not show two faces");
        Assert.Equal(1, await LearnedAsync());

        await _teacher.AskAsync($"allow {NumberIn(asked)}", "Here are two faces");
        await _teacher.AskAsync($"other {NumberIn(asked)}", "I am learning Nona now");
        await other.HearAsync("A teacher has confirmed Nona");
        Assert.Equal(2, await LearnedAsync());
    }

    [Fact]
    public async Task The_parent_hears_the_same_words_whether_the_face_is_known_or_not()
    {
        await ConfirmedAsync("Noa", "noa-1.jpg");
        Assert.Equal(await LifeOfAsync("mia.jpg"), await LifeOfAsync("noa-2.jpg"));
    }

    [Fact]
    public async Task A_refused_parent_asks_a_teacher_who_leaves_it_to_an_operator()
    {
        var parent = await OpenAsync();
        await parent.RegisterAsync("Noa", "noa-1.jpg");
        await _teacher.SayAsync($"refuse {NumberIn(await _teacher.HearAsync("has registered Noa"))}");
        Assert.Equal(["ask a teacher"], (await parent.HearAsync(NotRegistered)).Suggestions);
        // Before that, another Noa would be a second one.
        await Eventually.TrueAsync(async () => await PersonsAsync() == 0, "everything of Noa is erased");

        var asked = await AskTeacherAsync(parent, "Noa", "noa-1.jpg");
        Assert.Single(asked.Attachments);
        Assert.Equal(0, await LearnedAsync());
        await _teacher.AskAsync($"hand over {NumberIn(asked)}", "The people who run me decide");
        await _teacher.AskAsync($"allow {NumberIn(asked)}", "There is no open question");

        var number = NumberPattern().Match(await VerbAsync("requests", "list", "--json")).Value;
        await VerbAsync("requests", "decide", number, "allow");
        await parent.HearAsync("The people who run me have confirmed Noa");
        Assert.Equal(1, await LearnedAsync());
    }

    [Fact]
    public async Task A_teacher_undoes_a_refusal_before_it_takes_effect_and_an_admission_after_it()
    {
        var parent = await OpenAsync();
        var asked = NumberIn(await AskTeacherAsync(parent, "Noa", "noa-1.jpg"));
        await _teacher.AskAsync($"refuse {asked}", "The registration is removed soon");
        await LookAfterAsync();
        Assert.Equal(1, await PersonsAsync());
        await _teacher.AskAsync($"undo {asked}", "it is open again");
        await _teacher.AskAsync($"allow {asked}", "I am learning Noa now");
        await parent.HearAsync("A teacher has confirmed Noa");

        await _teacher.AskAsync($"undo {asked}", "I am removing the registration");
        await parent.HearAsync(NotRegistered);
        await Eventually.TrueAsync(async () => await PersonsAsync() == 0, "everything of Noa is erased");
        Assert.Equal(0, await LearnedAsync());
        await _teacher.AskAsync($"undo {asked}", "There is no decision");
    }

    [Fact]
    public async Task A_refusal_takes_effect_when_it_cannot_be_undone_any_more()
    {
        var parent = await OpenAsync();
        var asked = NumberIn(await AskTeacherAsync(parent, "Noa", "noa-1.jpg"));
        await _teacher.AskAsync($"refuse {asked}", "The registration is removed soon");
        await UndoTimePassesAsync();
        await parent.HearAsync(NotRegistered);
        await Eventually.TrueAsync(async () => await PersonsAsync() == 0 && _server.FilesIn("held").Length == 0, "everything of Noa is erased");
        await _teacher.AskAsync($"undo {asked}", "There is no decision");
    }

    [Fact]
    public async Task An_operator_sees_the_faces_by_a_link_that_ends_with_the_decision_and_undoes_it()
    {
        var parent = await OpenAsync();
        await AskTeacherAsync(parent, "Noa", "noa-1.jpg");
        var number = NumberPattern().Match(await VerbAsync("requests", "list", "--json")).Value;
        var link = new Uri((await VerbAsync("requests", "show", number, "--link", "--urls", _server.Address.ToString())).Trim());

        using var client = new HttpClient();
        Assert.Equal("image/jpeg", (await client.GetAsync(link)).Content.Headers.ContentType?.MediaType);
        await VerbAsync("requests", "decide", number, "refuse");
        Assert.Equal(HttpStatusCode.Gone, (await client.GetAsync(link)).StatusCode);
        await VerbAsync("requests", "undo", number);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(link)).StatusCode);
    }

    /// <summary>Everything that a parent hears who registers a face, asks about it, is refused, and asks a teacher.</summary>
    private async Task<string> LifeOfAsync(string photo)
    {
        var parent = await OpenAsync();
        await parent.RegisterAsync("Kim", photo);
        await parent.HearAsync(Waits);
        await parent.AskAsync("my children", "Photos come at once");
        await parent.AskAsync("add photos", "as soon as I have learned a face");
        await parent.AskAsync("ask a teacher", "We will come back to you");
        await _teacher.SayAsync($"refuse {NumberIn(await _teacher.HearAsync("has registered Kim"))}");
        await _teacher.HearAsync("Understood");
        await UndoTimePassesAsync();
        await parent.HearAsync(NotRegistered);
        await Eventually.TrueAsync(async () => await _server.QueryAsync<long>("SELECT COUNT(*) FROM persons WHERE state = 'erasing'") == 0, "Kim is erased");
        await parent.AskAsync("my children", "You have not registered a child yet");
        await parent.SayAsync("ask a teacher");
        await GiveAsync(parent, "Kim", photo);
        await parent.HearAsync(ComeBack);
        return parent.Everything();
    }

    private async Task<TranscriptLine> AskTeacherAsync(ParentChat parent, string name, string photo)
    {
        await parent.AskAsync("ask a teacher", "I show a photo of your child to a teacher");
        await GiveAsync(parent, name, photo);
        await parent.HearAsync(ComeBack);
        return await _teacher.HearAsync($"asks you to look at {name}");
    }

    private static async Task GiveAsync(ParentChat parent, string name, string photo)
    {
        await parent.SayAsync(name);
        await parent.SayAsync("", photo);
        foreach (var answer in (string[])["done", "yes", "yes"])
            await parent.SayAsync(answer);
    }

    private async Task ConfirmedAsync(string name, string photo)
    {
        var parent = await OpenAsync();
        await parent.RegisterAsync(name, photo);
        await _teacher.SayAsync($"allow {NumberIn(await _teacher.HearAsync($"has registered {name}"))}");
        await parent.HearAsync($"A teacher has confirmed {name}");
    }

    private async Task<ParentChat> OpenAsync()
    {
        _chats.Add(await ParentChat.OpenAsync(_server));
        return _chats[^1];
    }

    private Task UndoTimePassesAsync() => LookAfterAsync("UPDATE held_faces SET decided_at = decided_at - 3600000");

    private Task LookAfterAsync(string first = "UPDATE held_faces SET decided_at = decided_at") =>
        _server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            await session.ExecuteAsync(first);
            await _server.Services.GetRequiredService<IOutbox>().SendAsync(session, new LookAfterRequests(DateTimeOffset.UnixEpoch));
        });

    private async Task<byte[]> HeldPictureAsync() => await _server.Services.GetRequiredService<Recognition.Storage.Media.IMediaStore>().GetAsync(
        new((await _server.QueryAsync<string>("SELECT picture FROM held_faces"))!), default);

    private Task<long> LearnedAsync() => _server.QueryAsync<long>("SELECT COUNT(*) FROM collection_faces WHERE user_id IS NOT NULL");

    private Task<long> PersonsAsync() => _server.QueryAsync<long>("SELECT COUNT(*) FROM persons");

    private async Task<string> VerbAsync(params string[] arguments)
    {
        var (code, printed, error) = await CommandLineRun.OfAsync([.. arguments, "--data", _server.Data]);
        Assert.True(code == ExitCode.Success, printed + error);
        return printed;
    }

    private static string NumberIn(TranscriptLine asked) => NumberPattern().Match(asked.Text).Value;

    [GeneratedRegex(@"\b[1-9][0-9]{3}\b")]
    private static partial Regex NumberPattern();
}
