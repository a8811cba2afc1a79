using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Conversations.Home;
using Atmosphere.Bot.Incoming;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>Finds the conversation that a turn belongs to.</summary>
/// <param name="conversations">In the order in which they may claim a turn; the last one claims every turn.</param>
internal sealed class ConversationRunner(IEnumerable<IConversation> conversations)
{
    private readonly HomeConversation _home = conversations.OfType<HomeConversation>().Single();
    private readonly ConnectPersonConversation _registration = conversations.OfType<ConnectPersonConversation>().Single();

    /// <param name="dialog">The open conversation, whose state the turn has.</param>
    /// <returns>The conversation that is open afterwards.</returns>
    public async Task<string> AnswerAsync(Turn turn, string dialog, CancellationToken cancellation)
    {
        var open = turn.State;
        if (turn.Incoming.Kind == IncomingKind.TooMany)
        {
            turn.Speech.Say("common.too-many-messages");
            turn.State ??= HomeConversation.Nothing;
            return dialog;
        }

        var isAtHome = dialog == HomeConversation.Dialog;
        if (!isAtHome && turn.Files.Count == 0 && !turn.Participant.HasStopped && Open(dialog).TakesAsName(turn))
            return await AnswerAsync(turn, Open(dialog), goesOn: true, cancellation);

        turn.IsAside = !isAtHome;
        if (conversations.FirstOrDefault(conversation => conversation.Name != dialog && conversation.Interrupts(turn)) is { } word)
        {
            turn.State = null;
            await word.AnswerAsync(turn, cancellation);
            // A user who starts with such a word has no state yet.
            turn.State = open ?? HomeConversation.Nothing;
            if (turn.Replies.Count == 0)
                return dialog;
            if (isAtHome)
                OfferMenu(turn);
            else if (word.AsksAgain && !turn.Speech.Asks)
                return await AskAgainAsync(turn, dialog, cancellation);
            return dialog;
        }

        turn.IsAside = false;

        // A user who opted out gets only this answer: they cannot finish anything first.
        if (!isAtHome && turn.Files.Count == 0
            && conversations.FirstOrDefault(conversation => conversation.Name != dialog && conversation.IsAskedFor(turn)) is { } another)
        {
            if (turn.Participant.HasStopped)
                return await AnswerAsync(turn, another, goesOn: false, cancellation);
            turn.Speech.Say("common.finish-first");
            return await AskAgainAsync(turn, dialog, cancellation);
        }

        return isAtHome
            ? await AnswerAsync(turn, conversations.First(conversation => conversation.Begins(turn)), goesOn: false, cancellation)
            : await AnswerAsync(turn, Open(dialog), goesOn: true, cancellation);
    }

    private async Task<string> AnswerAsync(Turn turn, IConversation answers, bool goesOn, CancellationToken cancellation)
    {
        if (!goesOn)
            turn.State = null;
        await answers.AnswerAsync(turn, cancellation);
        if (turn.IsLeftToOthers)
        {
            (answers, turn.State) = (_home, null);
            await _home.AnswerAsync(turn, cancellation);
        }

        if (turn.BeginsRegistration || turn.Registers is not null)
        {
            (answers, turn.State) = (_registration, null);
            await (turn.Registers is { } child ? _registration.BeginAsync(turn, child, cancellation) : _registration.AnswerAsync(turn, cancellation));
        }

        if (turn.State is not null)
            return answers.Name;

        turn.State = HomeConversation.Nothing;
        OfferMenu(turn);
        return HomeConversation.Dialog;
    }

    private Task<string> AskAgainAsync(Turn turn, string dialog, CancellationToken cancellation)
    {
        turn.ForgetWords();
        return AnswerAsync(turn, Open(dialog), goesOn: true, cancellation);
    }

    private IConversation Open(string dialog) => conversations.FirstOrDefault(conversation => conversation.Name == dialog) ?? _home;

    private static void OfferMenu(Turn turn)
    {
        if (!turn.Speech.Asks)
            turn.Speech.OfferMenu();
    }
}
