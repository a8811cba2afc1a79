using Atmosphere.Bot.Conversations.ConnectPerson;
using Atmosphere.Bot.Incoming;
using Atmosphere.Bot.Texts;

namespace Atmosphere.Bot.Conversations.Running;

/// <summary>Finds the conversation that a turn belongs to.</summary>
/// <param name="conversations">In the order in which they may claim a turn.</param>
/// <param name="welcome">The default: greets, shows the menu and registers children.</param>
internal sealed class ConversationRunner(IEnumerable<IConversation> conversations, ConnectPersonConversation welcome)
{
    /// <param name="dialog">The open conversation, whose state the turn has.</param>
    /// <returns>The conversation that is open afterwards.</returns>
    public async Task<string> AnswerAsync(Turn turn, string dialog, CancellationToken cancellation)
    {
        var open = turn.State;
        if (turn.Incoming.Kind == IncomingKind.TooMany)
        {
            turn.Speech.Say("common.too-many-messages");
            turn.State ??= ConnectPersonConversation.AtHome;
            return dialog;
        }

        turn.IsAside = !IsAtHome(dialog, open);
        if (conversations.FirstOrDefault(conversation => conversation.Name != dialog && conversation.Interrupts(turn)) is { } word)
        {
            turn.State = null;
            await word.AnswerAsync(turn, cancellation);
            // A user who starts with such a word has no state yet, which means the idle state.
            turn.State = open ?? ConnectPersonConversation.AtHome;
            if (turn.Replies.Count == 0)
                return dialog;
            if (!turn.IsAside)
                OfferMenu(turn);
            else if (word.AsksAgain && !turn.Speech.Asks)
                return await AskAgainAsync(turn, dialog, cancellation);
            return dialog;
        }

        turn.IsAside = false;

        // A user who opted out gets only this answer: they cannot finish anything first.
        if (!IsAtHome(dialog, open) && turn.Files.Count == 0
            && conversations.FirstOrDefault(conversation => conversation.Name != dialog && conversation.IsAskedFor(turn)) is { } another)
        {
            if (turn.Participant.HasStopped)
                return await AnswerAsync(turn, another, cancellation);
            turn.Speech.Say("common.finish-first");
            return await AskAgainAsync(turn, dialog, cancellation);
        }

        var other = IsAtHome(dialog, open)
            ? conversations.FirstOrDefault(conversation => conversation.Begins(turn))
            : conversations.FirstOrDefault(conversation => conversation.Name == dialog);
        if (other is null)
        {
            await welcome.AnswerAsync(turn, cancellation);
            return ConnectPersonConversation.Name;
        }

        return await AnswerAsync(turn, other, cancellation, goesOn: other.Name == dialog);
    }

    private async Task<string> AnswerAsync(Turn turn, IConversation other, CancellationToken cancellation, bool goesOn = false)
    {
        if (!goesOn)
            turn.State = null;
        await other.AnswerAsync(turn, cancellation);
        if (turn.IsLeftToOthers || turn.Registers is not null)
        {
            turn.State = null;
            await (turn.Registers is { } child ? welcome.BeginAsync(turn, child, cancellation) : welcome.AnswerAsync(turn, cancellation));
            return ConnectPersonConversation.Name;
        }

        if (turn.State is not null)
            return other.Name;

        turn.State = ConnectPersonConversation.AtHome;
        OfferMenu(turn);
        return ConnectPersonConversation.Name;
    }

    private async Task<string> AskAgainAsync(Turn turn, string dialog, CancellationToken cancellation)
    {
        if (conversations.FirstOrDefault(conversation => conversation.Name == dialog) is { } open)
        {
            turn.ForgetWords();
            return await AnswerAsync(turn, open, cancellation, goesOn: true);
        }

        await welcome.AskAgainAsync(turn, cancellation);
        return dialog;
    }

    private static bool IsAtHome(string dialog, string? state) => dialog == ConnectPersonConversation.Name && ConnectPersonConversation.IsAtHome(state);

    private static void OfferMenu(Turn turn)
    {
        if (!turn.Speech.Asks)
            turn.Speech.Ask("common.menu", Word.AddChild, Word.MyChildren, Word.Help);
    }
}
