using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Faces;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.DependencyInjection;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>A class's group from its linking to its end, at the wire.</summary>
public sealed class WahaGroupTests : IAsyncLifetime
{
    private const string Channel = "whatsapp-waha";
    private const string Teacher = "+4915100000001";
    private const string Mother = "+4915100000002";
    private const string TeacherId = "4915100000001@c.us";
    private const string MotherId = "4915100000002@c.us";

    private FakeWaha _waha = null!;
    private GroupServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _waha.Members[Class] = [(TeacherId, null), ("123456789@lid", MotherId)];
        _server = await StartAsync(_waha.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _waha.DisposeAsync();
    }

    [Fact]
    public async Task A_code_links_its_group_once_and_the_bot_introduces_itself_there_in_its_language()
    {
        var teacher = await _server.ParticipantAsync(Teacher, teacher: true);
        var code = await _server.CodeAsync(teacher, "Los Peces", "es");
        var message = _waha.Message(Class, TeacherId, code.ToLowerInvariant(), "A", Now);
        await _waha.PostAsync(_server.Bot.Address, message);
        var group = await _server.LinkedAsync(Channel, Class);
        await Eventually.TrueAsync(() => Notices().Contains("group.linked"), "the teacher is told");
        await _waha.PostAsync(_server.Bot.Address, message);
        await _server.HandledAsync();

        var said = Assert.Single(_waha.Said);
        Assert.Equal(Class, said.Chat);
        Assert.StartsWith("¡Hola, Los Peces!", said.Text, StringComparison.Ordinal);
        Assert.Contains("Lo que no guardo", said.Text, StringComparison.Ordinal);
        Assert.Equal((teacher, "Los Peces"), (_server.Parents.Got.Single().To, _server.Parents.Got.Single().Values["group"]));
        Assert.StartsWith("wa-", group.Value, StringComparison.Ordinal);
        Assert.Equal(1, await _server.CountAsync($"groups WHERE id = '{group}' AND confirms = 1 AND language = 'es' AND teacher_id = '{teacher}'"));
        await Eventually.TrueAsync(async () => await _server.IsMemberAsync(group, Mother) && await _server.IsMemberAsync(group, Teacher), "the members are known");
        Assert.Equal(1, await _server.CountAsync($"group_participants WHERE participant_id = '{teacher}' AND group_id = '{group}'"));
    }

    [Fact]
    public async Task The_same_code_again_links_nothing_and_the_teacher_is_told_privately()
    {
        var teacher = await _server.ParticipantAsync(Teacher, teacher: true);
        var code = await _server.CodeAsync(teacher);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, code, "A", Now));
        await _server.LinkedAsync(Channel, Class);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Other, MotherId, code, "B", Now));
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, MotherId, code, "C", Now));
        await Eventually.TrueAsync(() => Notices().Count(text => text == "group.code-over") == 2, "the teacher is told twice");
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, await _server.CodeAsync(teacher, "Second"), "D", Now));
        await Eventually.TrueAsync(() => Notices().Contains("group.linked-before"), "the teacher is told that it is linked");

        Assert.Equal(1, await _server.CountAsync("groups WHERE channel IS NOT NULL"));
        Assert.Single(_waha.Said);
        Assert.All(_server.Parents.Got, notice => Assert.Equal(teacher, notice.To));
    }

    [Fact]
    public async Task Who_is_no_teacher_any_more_links_nothing()
    {
        var stranger = await _server.ParticipantAsync(Teacher);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, await _server.CodeAsync(stranger), "A", Now));
        await _server.HandledAsync();

        Assert.Equal(0, await _server.CountAsync("groups WHERE channel IS NOT NULL"));
        Assert.Empty(_waha.Said);
    }

    [Fact]
    public async Task Photos_of_a_group_that_nobody_linked_are_not_even_fetched()
    {
        _waha.Files["a.jpg"] = RecognitionHost.Sample(2);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, MotherId, "", "A", Now, "a.jpg"));
        await _server.HandledAsync();

        Assert.Empty(_waha.Fetched);
        Assert.Equal(0, await _server.CountAsync("inbox") + await _server.CountAsync("photos") + await _server.CountAsync("group_files"));
        Assert.Equal(1, await _server.CountAsync("groups"));
    }

    [Fact]
    public async Task A_photo_in_the_group_arrives_once_at_the_parent_of_the_child_in_it()
    {
        var group = await LinkAsync();
        var mother = await _server.ParticipantAsync(Mother);
        await RegisterAsync("Maya", mother, group);
        _waha.Files["party.jpg"] = RecognitionHost.Sample(2);

        var message = _waha.Message(Class, TeacherId, "Look, Maya!", "P", Now, "party.jpg");
        await _waha.PostAsync(_server.Bot.Address, message);
        await _waha.PostAsync(_server.Bot.Address, message);
        message["id"] = "evt_other";
        await _waha.PostAsync(_server.Bot.Address, message);
        await Eventually.TrueAsync(() => Notices().Contains("photo.delivered"), "the photo is delivered");
        await Eventually.TrueAsync(async () => await _server.CountAsync("messages") == 0, "nothing is left to do");

        var delivered = Assert.Single(_server.Parents.Got, notice => notice.Text == "photo.delivered");
        Assert.Equal((mother, "Maya"), (delivered.To, delivered.Values["names"]));
        Assert.Single(_waha.Fetched);
        Assert.Equal(1, await _server.CountAsync("photos"));
        Assert.Equal(0, await _server.CountAsync("group_files"));
        Assert.DoesNotContain(_server.Bot.Log.Lines, line => line.Contains("491510", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Late_news_of_members_does_not_undo_what_is_newer()
    {
        var group = await LinkAsync();
        var later = Now + 1;
        await Eventually.TrueAsync(async () => await _server.IsMemberAsync(group, Mother), "the list is taken");
        await _waha.PostAsync(_server.Bot.Address, _waha.Moved(Class, "leave", Now, MotherId));
        await _server.HandledAsync();
        Assert.False(await _server.IsMemberAsync(group, Mother));

        await _waha.PostAsync(_server.Bot.Address, _waha.Moved(Class, "join", Now - 30, MotherId));
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, MotherId, "an old message", "old", Now - 20));
        await _server.HandledAsync();
        Assert.False(await _server.IsMemberAsync(group, Mother));

        await Eventually.TrueAsync(() => Now > later, "a second has gone by");
        await _waha.PostAsync(_server.Bot.Address, _waha.Moved(Class, "join", Now, "123456789@lid"));
        _waha.Hidden["123456789@lid"] = MotherId;
        await Eventually.TrueAsync(async () => await _server.IsMemberAsync(group, Mother), "she is back");
    }

    [Fact]
    public async Task Whoever_joins_is_a_participant_when_they_ever_wrote_and_no_more_when_they_leave()
    {
        var group = await LinkAsync();
        var father = await _server.ParticipantAsync("+4915100000003");
        await _waha.PostAsync(_server.Bot.Address, _waha.Moved(Class, "join", Now - 1, "4915100000003@c.us", "4915100000004@s.whatsapp.net"));
        await _server.HandledAsync();
        var aunt = await _server.ParticipantAsync("+4915100000004");
        Assert.Equal(2, await _server.CountAsync($"group_participants WHERE group_id = '{group}' AND participant_id IN ('{father}', '{aunt}')"));

        await _waha.PostAsync(_server.Bot.Address, _waha.Moved(Class, "leave", Now, "4915100000003@c.us"));
        await _server.HandledAsync();
        Assert.Equal(0, await _server.CountAsync($"group_participants WHERE participant_id = '{father}'"));
        Assert.Equal(1, await _server.CountAsync($"group_participants WHERE group_id = '{group}' AND participant_id = '{aunt}'"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task When_the_bot_is_gone_the_group_ends_and_the_teacher_is_told(bool removed)
    {
        var group = await LinkAsync();
        await _waha.PostAsync(_server.Bot.Address, removed ? _waha.Moved(Class, "leave", Now, "15550009999:7@s.whatsapp.net") : _waha.Left(Class, Now));
        await Eventually.TrueAsync(() => Notices().Contains("group.ended"), "the teacher is told");
        await _server.HandledAsync();

        await Eventually.TrueAsync(async () => await _server.CountAsync("erasures WHERE kind = 'group' AND state = 'erased'") == 1, "the group is erased");
        Assert.Equal(0, await _server.CountAsync($"groups WHERE id = '{group}'") + await _server.CountAsync("group_members") + await _server.CountAsync("group_departures"));
        Assert.Equal("Blue class", _server.Parents.Got.Single(notice => notice.Text == "group.ended").Values["group"]);
        _waha.Files["late.jpg"] = RecognitionHost.Sample(2);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, MotherId, "", "late", Now, "late.jpg"));
        await _server.HandledAsync();
        Assert.Empty(_waha.Fetched);
    }

    [Fact]
    public async Task A_departure_from_before_the_linking_comes_late_and_ends_nothing()
    {
        var group = await LinkAsync();
        await _waha.PostAsync(_server.Bot.Address, _waha.Left(Class, Now - 600));
        await _server.HandledAsync();

        Assert.Equal(1, await _server.CountAsync($"groups WHERE id = '{group}' AND ended_at IS NULL"));
        Assert.DoesNotContain("group.ended", Notices());
    }

    [Fact]
    public async Task An_introduction_that_surely_did_not_arrive_is_posted_again_and_a_lost_one_is_not()
    {
        var calls = 0;
        _waha.Before = context =>
        {
            if (context.Request.Path != "/api/sendText" || ++calls > 1)
                return Task.FromResult(false);
            context.Response.StatusCode = 429;
            return Task.FromResult(true);
        };
        var teacher = await _server.ParticipantAsync(Teacher, teacher: true);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, await _server.CodeAsync(teacher), "A", Now));
        await Eventually.TrueAsync(() => Notices().Contains("group.linked"), "it is posted in the end");
        Assert.Equal(2, calls);

        _waha.Before = context =>
        {
            if (context.Request.Path == "/api/sendText")
                context.Abort();
            return Task.FromResult(context.Request.Path == "/api/sendText");
        };
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Other, TeacherId, await _server.CodeAsync(teacher, "Other"), "B", Now));
        await Eventually.TrueAsync(() => Notices().Contains("group.linked-in-silence"), "the teacher is told to look");
    }

    [Fact]
    public async Task A_teachers_code_that_somebody_else_posts_links_nothing_and_stays_open()
    {
        var teacher = await _server.ParticipantAsync(Teacher, teacher: true);
        await _server.ParticipantAsync(Mother, teacher: true);
        var code = await _server.CodeAsync(teacher);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Other, MotherId, code, "A", Now));
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Other, "55555555@lid", code, "B", Now));
        await Eventually.TrueAsync(() => Notices().Count(text => text == "group.posted-by-other") == 2, "the teacher is told");
        Assert.Equal(0, await _server.CountAsync("groups WHERE channel IS NOT NULL"));
        Assert.All(_server.Parents.Got, notice => Assert.Equal(teacher, notice.To));

        _waha.Hidden["55555555@lid"] = TeacherId;
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, "55555555@lid", code, "C", Now));
        await _server.LinkedAsync(Channel, Class);
    }

    [Fact]
    public async Task An_operators_code_links_for_anybody_asks_for_confirmation_and_operators_see_which_chat()
    {
        await new Atmosphere.Recognition.Storage.Groups(_server.Database, TimeProvider.System).AddAsync("blue", "Blue class");
        var code = await _server.Database.WriteAsync(session => _server.Bot.Services.GetRequiredService<CodeTable>().CreateAsync(
            session, new Code(CodeKind.Group, null, null, new GroupCode("Blue class", "en", "blue").Write()), TimeSpan.FromHours(24)));
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, MotherId, code, "A", Now));
        Assert.Equal("blue", (await _server.LinkedAsync(Channel, Class)).Value);

        Assert.Equal(1, await _server.CountAsync("groups WHERE id = 'blue' AND confirms = 1"));
        Assert.Contains(Class, await _server.Bot.QueryAsync<string>("SELECT text FROM notifications WHERE kind = 'group-linked' AND photo_id = 'blue'"), StringComparison.Ordinal);
    }

    private async Task<GroupId> LinkAsync()
    {
        var teacher = await _server.ParticipantAsync(Teacher, teacher: true);
        // Linked a minute ago by the carrier's clock, for news from just now.
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, await _server.CodeAsync(teacher), "A", Now - 60));
        var group = await _server.LinkedAsync(Channel, Class);
        await Eventually.TrueAsync(async () => await _server.IsMemberAsync(group, Mother), "the members are known");
        return group;
    }

    private async Task RegisterAsync(string name, ParticipantId parent, GroupId group)
    {
        var services = _server.Bot.Services;
        var photo = RecognitionHost.Sample(2);
        var box = (await services.GetRequiredService<IFaceEngine>().DetectAsync(services.GetRequiredService<PhotoDecoder>().Decode(photo, "photo"), DetectionPlan.Portrait, default))[1].Box;
        var media = await services.GetRequiredService<IMediaStore>().PutAsync(MediaBucket.Training, photo, "image/jpeg", default);
        var person = PersonId.New();
        await _server.Database.WriteAsync(async session =>
        {
            await services.GetRequiredService<IRegistrations>().BeginAsync(session, new NewPerson(person, name, parent, group, "1", "I agree.", [new EnrolmentPhoto(media, box)]));
            await session.ExecuteAsync("UPDATE persons SET confirmed_at = 1, matches_checked_at = 1 WHERE id = @person", new { person });
        });
        await Eventually.TrueAsync(() => Notices().Contains("connect-person.connected"), $"{name} is learned");
    }

    private List<string> Notices() => [.. _server.Parents.Got.Select(notice => notice.Text)];
}
