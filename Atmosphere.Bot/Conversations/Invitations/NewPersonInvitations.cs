using Atmosphere.Bot.Channels.Slack.Webhooks;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>Turns Slack's form for a new person into an invitation.</summary>
internal sealed class NewPersonInvitations(IServiceProvider services) : INewPersons
{
    public string? NameOf(string typed, out string? problem) => ChildName.Parse(typed, out problem);

    public string? PhoneOf(string typed) => services.GetService<IInvitations>() is { } invitations ? invitations.PhoneOf(typed) : PhoneNumber.Read(typed);

    public async Task<GuardianInvitation?> InviteAsync(Session session, QuestionId question, string voter, string name, string phone, GroupId group)
    {
        if (services.GetService<IInvitations>() is not { } invitations)
            return null;
        var invitation = await invitations.InviteAsync(session, question, voter, name, phone, group);
        return new GuardianInvitation(invitation.Code, invitation.Link);
    }
}
