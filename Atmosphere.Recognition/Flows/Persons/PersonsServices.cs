using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Persons;

public static class PersonsServices
{
    /// <summary>Registration of persons; needs the face engine and its collections.</summary>
    public static IServiceCollection AddPersons(this IServiceCollection services) =>
        services.AddSingleton<IRegistrations, Registrations>().AddSingleton<EnrolmentFaces>().AddFlow(PersonsFlow.Table);
}
