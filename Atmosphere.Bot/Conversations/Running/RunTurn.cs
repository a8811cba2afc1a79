using Atmosphere.Bot.Channels;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Storage;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>Answers one message: the new state, the replies and their effects are committed together.</summary>
internal sealed class RunTurn(
    Database database,
    ConversationStore store,
    FileIntake intake,
    ConversationRunner runner,
    IRegistrations registrations,
    Uploads uploads,
    CodeGuesses guesses,
    Languages languages,
    IEnumerable<IChannel> channels) : IStep<ConversationTurn>, IOnExhausted<ConversationTurn>
{
    public async Task<Effects> HandleAsync(ConversationTurn message, CancellationToken cancellation)
    {
        var (open, mark) = await database.ReadAsync(async session => (await ConversationStore.OpenAsync(session, message), await ErasureMark.ReadAsync(session)), cancellation);
        if (open is null)
            return Effects.None;

        var key = ConversationKey.Parse(message.Conversation);
        var channel = ChannelOf(key);
        open = open with { Incoming = open.Incoming with { Text = PastedText.CodeIn(open.Incoming.Text) } };
        if (channel.NumbersButtons)
            open = open with { Incoming = OfferedButtons.Read(open.Incoming, open.Offered) };
        var typing = open.Incoming.Files.Count > 0 && !open.IsAwaited ? channel.ShowTypingAsync(key, cancellation) : Task.CompletedTask;
        var (children, guess) = await database.ReadAsync(
            async session => (await registrations.OfAsync(session, open.Participant.Id), await GuessAsync(session, open, message.Turn)), cancellation);
        if (guess is { MayTry: true, Kind: null })
            guesses.WasWrong(guess.By, message.Turn);
        var spoken = FirstWords.LanguageOf(open, languages);
        var files = Named(await intake.TakeAsync(message, open.Participant.Id, open.Incoming, cancellation), languages.Of(spoken ?? open.Participant.Language));
        var turn = new Turn(open.Participant, key, languages, open.Incoming, files, children)
        {
            IsFirst = open.Version == 0 || (spoken is not null && spoken != languages.Default.Code),
            Code = guess?.Kind,
            HasGuessedTooOften = guess?.MayTry == false,
            State = open.State,
            Dialog = open.Dialog,
            Offered = OfferedButtons.Texts(open.Offered),
        };
        if (spoken is not null)
        {
            turn.Language = languages.Of(spoken);
            turn.Change((session, _) => Participants.SpeakAsync(session, open.Participant.Id, spoken, chosen: false));
        }

        var dialog = await runner.AnswerAsync(turn, open.Dialog, cancellation);
        // The indicator must not arrive after the answer.
        await typing;

        var effects = Effects.None
            .Change(async (session, _) =>
            {
                if (!await ErasureMark.StandsAsync(session, mark))
                    throw new TryLaterException("Somebody was erased while the turn was answered; it is answered anew.", TimeSpan.Zero);
            })
            .Change((session, _) => store.CloseAsync(session, message, open, dialog, turn.State!))
            .Change((session, _) => store.OfferAsync(session, message, turn.Replies))
            .Change((session, outbox) => KeepOrDiscardAsync(session, outbox, turn));
        foreach (var change in turn.Changes)
            effects.Change(change);
        return effects
            .Change(async (session, outbox) => await channel.ReplyAsync(
                session, outbox, key, message.Turn, turn.Replies, await TurnTable.IsAwaitedAsync(session, message.Turn)))
            .Afterwards(() => Committed(channel, key, message));
    }

    public Effects Exhausted(ConversationTurn message, Exception reason)
    {
        var key = ConversationKey.Parse(message.Conversation);
        var channel = ChannelOf(key);
        return Effects.None
            .Change(async (session, outbox) =>
            {
                var open = await ConversationStore.OpenAsync(session, message);
                var language = open is null ? languages.Default : languages.Of(FirstWords.LanguageOf(open, languages) ?? open.Participant.Language);
                await store.ForgetAsync(session, message.Turn);
                var sorry = new Reply(language.Sentences.Say("common.failed"), []);
                await channel.ReplyAsync(session, outbox, key, message.Turn, [sorry], await TurnTable.IsAwaitedAsync(session, message.Turn));
            })
            .Afterwards(() => Committed(channel, key, message));
    }

    private static Task Committed(IChannel channel, ConversationKey key, ConversationTurn message)
    {
        channel.Committed(key, message.Turn);
        return Task.CompletedTask;
    }

    /// <summary>Gives files without a name, such as WhatsApp photos, a name for texts.</summary>
    private static IReadOnlyList<ReceivedFile> Named(IReadOnlyList<ReceivedFile> files, Language language) =>
        [.. files.Select(file => file.Name.Length > 0 ? file : file with { Name = language.Sentences.Say("common.unnamed-file") })];

    /// <returns>Null if the text does not have the form of a code.</returns>
    private async Task<CodeGuess?> GuessAsync(Session session, OpenTurn open, string turn)
    {
        if (!CodeTable.LooksLikeOne(open.Incoming.Text))
            return null;
        var groups = await Memberships.OfAsync(session, open.Participant.Id);
        Guesser[] by = [Guesser.Of(open.Participant.Id), .. groups.Select(group => Guesser.Of(group.Group))];
        return guesses.MayTry(by, turn)
            ? new CodeGuess(by, true, await CodeTable.KindOfAsync(session, open.Incoming.Text))
            : new CodeGuess(by, false, null);
    }

    private IChannel ChannelOf(ConversationKey key) => channels.Single(channel => channel.Name == key.Channel);

    private async Task KeepOrDiscardAsync(Session session, IOutbox outbox, Turn turn)
    {
        foreach (var media in turn.Kept)
            await uploads.AddAsync(session, turn.Key, media);

        var received = turn.Incoming.Files.Where(file => file.Media is not null).Select(file => new MediaKey(file.Media!))
            .Concat(turn.Files.Where(file => file.Photo is not null).Select(file => file.Photo!.Value));
        var discarded = received.Concat(turn.Discarded).Except(turn.Kept).Except(turn.HandedOver).ToList();
        if (discarded.Count > 0)
            await outbox.SendAsync(session, new UploadsDiscarded(discarded));
    }
}

/// <param name="By">The senders and groups that a wrong code counts for.</param>
/// <param name="MayTry">False: the code was not looked up.</param>
/// <param name="Kind">Null: there is no such code.</param>
internal sealed record CodeGuess(IReadOnlyList<Guesser> By, bool MayTry, CodeKind? Kind);
