namespace Atmosphere.Recognition.Domain;

/// <summary>A participant whom an operator approved as a teacher.</summary>
/// <param name="Id">The participant.</param>
/// <param name="Address">The address from which they write.</param>
/// <param name="Since">When they used an operator's code.</param>
/// <param name="Groups">Number of active groups that they linked.</param>
public sealed record Teacher(ParticipantId Id, string Address, DateTimeOffset Since, int Groups);
