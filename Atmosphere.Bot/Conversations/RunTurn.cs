using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Texts;
using Atmosphere.Bot.Turns;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations;

/// <summary>Answers one message: the new state, the replies and what they set off are committed together, or nothing is.</summary>
internal sealed class RunTurn(
    Database database,
    ConversationStore store,
    FileIntake intake,
    ConnectPersonConversation conversation,
    IRegistrations registrations,
    Uploads uploads,
    Sentences sentences,
    IEnumerable<IChannel> channels) : IStep<ConversationTurn>, IOnExhausted<ConversationTurn>
{
    // Grows when the words of connect-person.consent change: what somebody agreed to stays provable.
    private const string ConsentVersion = "1";

    public async Task<Effects> HandleAsync(ConversationTurn message, CancellationToken cancellation)
    {
        var open = await database.ReadAsync(session => ConversationStore.OpenAsync(session, message), cancellation);
        if (open is null)
            return Effects.None;

        var key = ConversationKey.Parse(message.Conversation);
        var channel = ChannelOf(key);
        var typing = open.Incoming.Files.Count > 0 && !open.IsAwaited ? channel.ShowTypingAsync(key, cancellation) : Task.CompletedTask;
        var children = await database.ReadAsync(session => registrations.OfAsync(session, open.Participant), cancellation);
        var files = await intake.TakeAsync(message, open.Incoming, cancellation);
        var outcome = await conversation.RunAsync(open.State, open.Incoming, files, children, cancellation);
        // It must not arrive after the answer.
        await typing;

        return Effects.None
            .Change((session, _) => store.CloseAsync(session, message, open, outcome.State))
            .Change((session, outbox) => KeepOrDiscardAsync(session, outbox, key, open.Incoming, files, outcome))
            .Change((session, _) => RegisterAsync(session, open, outcome.Registered))
            .Change(async (session, outbox) => await channel.ReplyAsync(
                session, outbox, key, message.Turn, outcome.Replies, await TurnInbox.IsAwaitedAsync(session, message.Turn)))
            .Afterwards(() => Committed(channel, key, message));
    }

    public Effects Exhausted(ConversationTurn message, Exception reason)
    {
        var key = ConversationKey.Parse(message.Conversation);
        var channel = ChannelOf(key);
        var sorry = new Reply(sentences.Say("common.failed"), []);
        return Effects.None
            .Change((session, _) => store.ForgetAsync(session, message.Turn))
            .Change(async (session, outbox) => await channel.ReplyAsync(
                session, outbox, key, message.Turn, [sorry], await TurnInbox.IsAwaitedAsync(session, message.Turn)))
            .Afterwards(() => Committed(channel, key, message));
    }

    private static Task Committed(IChannel channel, ConversationKey key, ConversationTurn message)
    {
        channel.Committed(key, message.Turn);
        return Task.CompletedTask;
    }

    private IChannel ChannelOf(ConversationKey key) => channels.Single(channel => channel.Name == key.Channel);

    private async Task KeepOrDiscardAsync(
        Session session, IOutbox outbox, ConversationKey key, Incoming incoming, IReadOnlyList<ReceivedFile> files, ConnectPersonOutcome outcome)
    {
        foreach (var media in outcome.Kept)
            await uploads.AddAsync(session, key, media);

        var received = incoming.Files.Where(file => file.Media is not null).Select(file => new MediaKey(file.Media!))
            .Concat(files.Where(file => file.Photo is not null).Select(file => file.Photo!.Value));
        var registered = outcome.Registered?.Photos.Select(photo => photo.Media) ?? [];
        var discarded = received.Concat(outcome.Discarded).Except(outcome.Kept).Except(registered).ToList();
        if (discarded.Count > 0)
            await outbox.SendAsync(session, new UploadsDiscarded(discarded));
    }

    private async Task RegisterAsync(Session session, OpenTurn open, NewChild? child)
    {
        if (child is null)
            return;

        await registrations.BeginAsync(
            session,
            new NewPerson(child.Person, child.Name, open.Participant, ClassGroup.Id, ConsentVersion, child.ConsentText, child.Photos));
        foreach (var photo in child.Photos)
            await Uploads.RemoveAsync(session, photo.Media);
    }
}
