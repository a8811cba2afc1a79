using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Recognition.Flows.Tagging.Voting;

/// <summary>Accepts colleagues' votes on faces from any channel. A vote is stored at once and counted by a queue worker.</summary>
public interface IFaceTags
{
    /// <summary>Accepts a vote. A repeated one changes nothing; another one by the same voter replaces it.</summary>
    /// <param name="session">The caller's transaction.</param>
    /// <param name="question">The question.</param>
    /// <param name="voter">slack:ID or participant:ID; the caller has checked that they may vote.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="person">The named person, with the answer <see cref="TagAnswer.Person"/>.</param>
    Task<TagReceipt> VoteAsync(Session session, QuestionId question, string voter, TagAnswer answer, PersonId? person);

    /// <summary>Links a voter with a phone number: votes from that number on WhatsApp are the same person's, who has one vote.</summary>
    /// <param name="number">Such as +15551234567.</param>
    Task LinkAsync(Session session, string voter, string number);

    /// <summary>Accepts a "not Maya": the decision or identification is undone and the question asked again.</summary>
    /// <param name="person">The person that the voter saw named; if the name has changed, nothing is undone.</param>
    Task<TagReceipt> UndoAsync(Session session, QuestionId question, string voter, PersonId person);
}

public enum TagReceipt
{
    /// <summary>The vote is queued for counting.</summary>
    Taken,

    /// <summary>The question is decided, refused or expired.</summary>
    Closed,

    /// <summary>There is no such question, or no such person in its group.</summary>
    Unknown,
}
