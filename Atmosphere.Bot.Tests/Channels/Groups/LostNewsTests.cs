using Atmosphere.Bench.Vendors;
using Atmosphere.Bot.Channels.WhatsApp.Groups;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Tests.Flows;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;
using static Atmosphere.Bot.Tests.Channels.Groups.GroupServer;

namespace Atmosphere.Bot.Tests.Channels.Groups;

/// <summary>What the container told while nobody listened, does not tell, or does not give any more.</summary>
public sealed class LostNewsTests : IAsyncLifetime
{
    private const string Mother = "+4915100000002";
    private const string TeacherId = "4915100000001@c.us";
    private const string MotherId = "4915100000002@c.us";
    private const string MotherHidden = "123456789@lid";
    private const string Nobody = "987654321@lid";

    private FakeWaha _waha = null!;
    private GroupServer _server = null!;
    private GroupId _group;

    public async ValueTask InitializeAsync()
    {
        _waha = await FakeWaha.StartAsync();
        _waha.Members[Class] = [(TeacherId, null), (MotherHidden, MotherId)];
        _server = await StartAsync([.. _waha.Settings, ("Atmosphere:Channels:WhatsApp:Waha:FilesWithin", "00:00:00")]);
        var teacher = await _server.ParticipantAsync("+4915100000001", teacher: true);
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, await _server.CodeAsync(teacher), "A", Now - 60));
        _group = await _server.LinkedAsync("whatsapp-waha", Class);
        await Eventually.TrueAsync(() => _server.IsMemberAsync(_group, Mother), "the members are known");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _waha.DisposeAsync();
    }

    [Fact]
    public async Task Who_left_while_nobody_listened_is_no_member_after_the_next_start()
    {
        await _server.Bot.RestartAsync(() => _waha.Members[Class] = [(TeacherId, null)]);
        await Eventually.TrueAsync(async () => !await _server.IsMemberAsync(_group, Mother), "the list was asked for");
    }

    [Fact]
    public async Task Who_left_while_nobody_listened_is_no_member_after_the_nightly_round()
    {
        _waha.Members[Class] = [(TeacherId, null)];
        await SendAsync(new MembersDue(DateTimeOffset.UnixEpoch));
        await Eventually.TrueAsync(async () => !await _server.IsMemberAsync(_group, Mother), "the list was asked for");
        Assert.Contains(GroupsFlow.Table.Timers, timer => timer.MessageType == typeof(MembersDue));
    }

    [Fact]
    public async Task Whom_the_container_hides_throws_nobody_out_and_an_empty_list_neither()
    {
        _waha.Members[Class] = [];
        await SendAsync(new GroupMembersWanted(_group));
        await _server.HandledAsync();
        Assert.True(await _server.IsMemberAsync(_group, Mother));

        _waha.Members[Class] = [(TeacherId, null), (Nobody, null)];
        await SendAsync(new GroupMembersWanted(_group));
        await Eventually.TrueAsync(async () => await _server.NotificationsAsync("members-hidden") == 1, "operators are told");
        Assert.True(await _server.IsMemberAsync(_group, Mother));
    }

    [Fact]
    public async Task Who_was_told_once_is_known_when_the_container_does_not_tell_any_more()
    {
        _waha.Members[Class] = [(TeacherId, null), (MotherHidden, null)];
        await SendAsync(new GroupMembersWanted(_group));
        await _server.HandledAsync();
        Assert.True(await _server.IsMemberAsync(_group, Mother));
        Assert.Equal(0, await _server.NotificationsAsync("members-hidden"));

        await _waha.PostAsync(_server.Bot.Address, _waha.Moved(Class, "leave", Now, MotherHidden));
        await _server.HandledAsync();
        Assert.False(await _server.IsMemberAsync(_group, Mother));
    }

    [Fact]
    public async Task A_photo_is_taken_also_when_nobody_can_say_who_posted_it()
    {
        var asked = 0;
        _waha.Before = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/api/default/lids"))
                return Task.FromResult(false);
            Interlocked.Increment(ref asked);
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        };
        _waha.Files["a.jpg"] = RecognitionHost.Wall;
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, Nobody, "ABCD-EFGH", "T", Now));
        await _server.HandledAsync();
        Assert.Equal(0, asked);

        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, Nobody, "", "P", Now, "a.jpg"));
        await Eventually.TrueAsync(async () => await _server.CountAsync($"inbox WHERE group_id = '{_group}'") == 1, "the photo is taken");
    }

    [Fact]
    public async Task A_photo_that_the_container_has_deleted_is_told_to_operators()
    {
        await _waha.PostAsync(_server.Bot.Address, _waha.Message(Class, TeacherId, "", "P", Now, "gone.jpg"));
        var unnamed = _waha.Message(Class, TeacherId, "", "Q", Now, "gone.jpg");
        unnamed["payload"]!["media"] = null;
        await _waha.PostAsync(_server.Bot.Address, unnamed);
        await Eventually.TrueAsync(async () => await _server.NotificationsAsync("photo-not-fetched") == 2, "operators are told");
        await Eventually.TrueAsync(async () => await _server.CountAsync("group_files") == 0, "nothing is left to fetch");
    }

    private Task SendAsync(IMessage message) =>
        _server.Database.WriteAsync(session => _server.Bot.Services.GetRequiredService<IOutbox>().SendAsync(session, message));
}
