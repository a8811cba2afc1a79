using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Conversations;
using Atmosphere.Bot.Conversations.TagFace;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Tests.Fixtures;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Tests.Conversations.TagFace;

/// <summary>Faces are shown to teachers; on a machine that nobody reaches from outside, to every member of the group.</summary>
public sealed class WhoIsAColleague : IAsyncLifetime
{
    private TagFaceChat _chat = null!;

    public async ValueTask InitializeAsync()
    {
        _chat = await TagFaceChat.StartAsync();
        _chat.Questions.Ask("one", _chat.Class, _chat.Maya);
    }

    public async ValueTask DisposeAsync() => await _chat.DisposeAsync();

    [Fact]
    public async Task An_approved_teacher_votes_on_WhatsApp()
    {
        var teacher = await JoinAsync("whatsapp", "+15550100");
        await _chat.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'member'");

        var shown = await AnswerAsync(teacher, "who is this", state: null);
        Assert.Contains(TagFaceChat.Button("Maya 63 %", "one"), shown.Replies[^1].Buttons);
        var voted = await AnswerAsync(teacher, TagFaceChat.Button("Maya 63 %", "one"), shown.State);

        var vote = Assert.Single(_chat.Questions.Taken);
        Assert.Equal(("one", "participant:member", _chat.Maya.Person), (vote.Question, vote.Voter, vote.Person!.Value));
        Assert.Contains("One more colleague must say the same", voted.Replies[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_on_WhatsApp_is_shown_no_face()
    {
        var turn = await AnswerAsync(await JoinAsync("whatsapp", "+15550100"), "who is this", state: null);
        Assert.True(turn.IsLeftToOthers);
        Assert.Empty(turn.Replies);
    }

    [Theory]
    [InlineData("directline")]
    [InlineData("botframework")]
    public async Task Behind_a_public_door_a_parent_is_not_let_in_and_a_teacher_is(string channel)
    {
        var (turn, taggers) = (TurnOf(await JoinAsync(channel, "somewhere"), "who is this", null), new Taggers(Options.Create(new PublicDoors { OpenedBy = PublicDoors.Url })));
        Assert.Empty(await GroupsAsync());
        await _chat.ExecuteAsync("UPDATE participants SET teacher_since = 1 WHERE id = 'member'");
        Assert.Equal(_chat.Class, Assert.Single(await GroupsAsync()).Group);

        Task<IReadOnlyList<Membership>> GroupsAsync() =>
            _chat.Server.Services.GetRequiredService<Database>().ReadAsync(session => taggers.GroupsAsync(session, turn));
    }

    private async Task<Participant> JoinAsync(string channel, string address)
    {
        await _chat.ExecuteAsync($"INSERT INTO participants (id, channel, address, reference, language, created_at) VALUES ('member', '{channel}', '{address}', '{{}}', 'en', 1)");
        await _chat.ExecuteAsync("INSERT INTO group_participants (group_id, participant_id, joined_at) SELECT id, 'member', 1 FROM groups");
        return new Participant(new ParticipantId("member"), channel, address, "{}", "en");
    }

    private static Turn TurnOf(Participant participant, string text, string? state) => new(
        participant, new ConversationKey(participant.Channel, participant.Address), Languages.Load(Dialogs.Folder), new IncomingMessage(IncomingKind.Message, text, []), [], [])
    {
        State = state,
    };

    private async Task<Turn> AnswerAsync(Participant participant, string text, string? state)
    {
        var turn = TurnOf(participant, text, state);
        await using var scope = _chat.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetServices<IConversation>().OfType<TagFaceConversation>().Single().AnswerAsync(turn, default);
        var outbox = _chat.Server.Services.GetRequiredService<IOutbox>();
        await _chat.Server.Services.GetRequiredService<Database>().WriteAsync(async session =>
        {
            foreach (var change in turn.Changes)
                await change(session, outbox);
        });
        return turn;
    }
}
