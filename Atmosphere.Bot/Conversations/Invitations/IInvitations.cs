using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>A colleague knows whose child a face is: the guardian is invited, who alone decides. Nothing is learned before they agree.</summary>
internal interface IInvitations
{
    /// <summary>Makes a code for the guardian. When the child that they register is learned, the question is answered with it in the voter's name.</summary>
    /// <param name="session">The transaction of whoever heard it.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="voter">slack:ID or participant:ID; whether they may invite is the caller's to know.</param>
    /// <param name="name">As the colleague calls the child; the guardian may correct it.</param>
    /// <param name="phone">The guardian's number, with + and country code: on WhatsApp nobody else can use the code. Empty: whoever has the code.</param>
    /// <param name="group">Whose member the guardian becomes.</param>
    Task<Invitation> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group);
}

/// <param name="Code">Such as ABCD-EFGH: to be typed in a private chat with the bot, within seven days, once.</param>
/// <param name="Link">Opens that chat on a phone with the code typed in; empty: no WhatsApp number is set.</param>
internal sealed record Invitation(string Code, string Link);
