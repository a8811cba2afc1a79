using Atmosphere.Bot.Channels.WhatsApp;
using Atmosphere.Bot.Conversations.Codes;
using Atmosphere.Bot.Texts;
using Atmosphere.Recognition.Domain;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Conversations.Invitations;

/// <summary>An invitation code: the guardian joins the group and registers the child, whose name is known.</summary>
internal sealed class InviteCode(Database database, CodeTable codes, TimeProvider clock) : ICodeUse
{
    public CodeKind Kind => CodeKind.Invite;

    /// <summary>A guardian who left the registration may start it again.</summary>
    public Task<bool> IsOpenAgainAsync(Turn turn, CancellationToken cancellation) => database.ReadAsync(
        async session => await codes.FindAsync(session, CodeKind.Invite, turn.Incoming.Text, turn.Participant.Id.Value) is not null
            && await InvitationTable.IsOpenAsync(session, CodeTable.HashOf(session.Key, turn.Incoming.Text)),
        cancellation);

    public async Task AnswerAsync(Turn turn, Code code, CancellationToken cancellation)
    {
        var details = InviteDetails.Read(code.Details);
        var (typed, participant) = (turn.Incoming.Text, turn.Participant.Id);
        if (code.Participant == participant)
        {
            turn.Speech.Say("codes.own-invitation", ("name", details.Name));
            return;
        }

        var group = await database.ReadAsync(session => ChatGroups.FindAsync(session, new GroupId(details.Group)), cancellation);
        if (group is null or { EndedAt: not null })
        {
            turn.Speech.Say("codes.unknown");
            return;
        }

        if (turn.Key.Channel == WhatsAppAddress.Channel && details.To is { } to && to != database.Key.HashOf(PhoneNumber.Canonical(turn.Participant.Address)))
        {
            turn.Speech.Say("codes.for-another-number");
            return;
        }

        turn.Change(async (session, _) =>
        {
            if (await codes.UseAsync(session, CodeKind.Invite, typed, participant.Value) is null)
                throw new InvalidOperationException("Somebody else used the code in the meantime; the turn is worked on again.");
            if (!await Memberships.JoinAsync(session, group.Id, participant, WayToJoin.Invitation, clock.GetUtcNow()))
                throw new InvalidOperationException("The group ended in the meantime; the turn is worked on again.");
        });
        turn.Speech.Say("codes.invited", ("name", details.Name), ("group", group.Name));
        turn.Registers = new InvitedChild(details.Name, new Membership(group.Id, group.Name), CodeTable.HashOf(database.Key, typed));
    }
}
