using Atmosphere.Recognition.Messages;
using Atmosphere.Recognition.Messaging;

namespace Atmosphere.Recognition.Flows.Persons;

/// <summary>How a person is learned.</summary>
public static class PersonsFlow
{
    public static FlowTable Table { get; } = new("persons",
    [
        StepRow.Of<ConnectPerson, Messages.ConnectPerson>(
            "persons", [typeof(PersonConnected), typeof(Messages.GiveUpPerson)], exhausted: "GiveUpPerson"),
        StepRow.Of<GiveUpPerson, Messages.GiveUpPerson>("persons", [typeof(PersonNotConnected)], exhausted: "person failed"),
    ]);
}
