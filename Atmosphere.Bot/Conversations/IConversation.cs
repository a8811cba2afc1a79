namespace Atmosphere.Bot.Conversations;

/// <summary>
/// One conversation: a folder in dialogs/ and a state machine. It changes nothing itself; it records changes in the turn.
/// </summary>
internal interface IConversation
{
    /// <summary>The folder in dialogs/, such as remove-person.</summary>
    string Name { get; }

    /// <summary>Whether the turn starts this conversation if no other is open. The first one that returns true gets the turn.</summary>
    bool Begins(Turn turn);

    /// <summary>Whether it answers the turn even while another conversation is open, which then continues.</summary>
    bool Interrupts(Turn turn) => false;

    /// <summary>
    /// Whether the turn asks for this conversation explicitly, so that a user in another one is told to finish that first.
    /// </summary>
    bool IsAskedFor(Turn turn) => false;

    /// <summary>Whether it is open and asked for a name, and takes the turn for that: then no other conversation answers, whatever the word means elsewhere.</summary>
    bool TakesAsName(Turn turn) => false;

    /// <summary>Whether the open question is asked again after the interruption.</summary>
    bool AsksAgain => false;

    /// <summary>Answers the turn. Its next state goes to <see cref="Turn.State"/>; null ends the conversation.</summary>
    Task AnswerAsync(Turn turn, CancellationToken cancellation);
}
