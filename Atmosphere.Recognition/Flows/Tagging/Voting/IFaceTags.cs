using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>What colleagues say about faces, whichever channel they say it in. It is written down at once and counted behind the queue.</summary>
public interface IFaceTags
{
    /// <summary>Takes a vote. The same one again changes nothing; another one of the same voter replaces it.</summary>
    /// <param name="session">The transaction of whoever heard it.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="voter">slack:ID or participant:ID; whether they may vote is the caller's to know.</param>
    /// <param name="answer">What they say.</param>
    /// <param name="person">Who it is, with the answer <see cref="TagAnswer.Person"/>.</param>
    Task<TagReceipt> VoteAsync(Session session, QuestionId question, string voter, TagAnswer answer, PersonId? person);

    /// <summary>A voter has a phone number: whoever writes from it on WhatsApp is the same human, who has one vote.</summary>
    /// <param name="number">Such as +15551234567.</param>
    Task LinkAsync(Session session, string voter, string number);

    /// <summary>Takes a "not Maya": what was decided or identified is undone and asked again.</summary>
    /// <param name="person">Whom the voter saw named there; another one by now is not undone.</param>
    Task<TagReceipt> UndoAsync(Session session, QuestionId question, string voter, PersonId person);
}

public enum TagReceipt
{
    /// <summary>It is counted as soon as its turn comes.</summary>
    Taken,

    /// <summary>The question is decided, refused or expired.</summary>
    Closed,

    /// <summary>There is no such question, or no such person in its group.</summary>
    Unknown,
}
