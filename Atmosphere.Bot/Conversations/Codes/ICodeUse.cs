using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Codes;

/// <summary>What happens when somebody types an open code of one kind in a private chat.</summary>
internal interface ICodeUse
{
    CodeKind Kind { get; }

    /// <summary>Whether somebody who used the code may type it once more.</summary>
    Task<bool> IsOpenAgainAsync(Turn turn, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>Answers, and uses the code up in the turn's changes.</summary>
    Task AnswerAsync(Turn turn, Code code, CancellationToken cancellation);
}
