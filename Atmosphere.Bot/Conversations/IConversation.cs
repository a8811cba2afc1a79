namespace Atmosphere.Bot.Conversations;

/// <summary>One dialog: a folder in dialogs/, a state machine. It changes nothing itself: what it wants is in the turn.</summary>
internal interface IConversation
{
    /// <summary>The folder in dialogs/, such as remove-person.</summary>
    string Name { get; }

    /// <summary>Whether a turn that finds no other conversation open begins this one. The first that says yes is asked.</summary>
    bool Begins(Turn turn);

    /// <summary>Whether it answers the turn even while another conversation is open, which goes on afterwards; for the words that work everywhere.</summary>
    bool Interrupts(Turn turn) => false;

    /// <summary>Whether the turn asks for this dialog in so many words, so that somebody in the middle of another one is told to end that first.</summary>
    bool IsAskedFor(Turn turn) => false;

    /// <summary>Whether the open question is asked again after it interrupted.</summary>
    bool AsksAgain => false;

    /// <summary>Answers. What it leaves in <see cref="Turn.State"/> is where it goes on; null ends it.</summary>
    Task AnswerAsync(Turn turn, CancellationToken cancellation);
}
