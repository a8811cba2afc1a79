using Atmosphere.Recognition.Flows.Persons.Enrolment;
using Atmosphere.Recognition.Flows.Persons.Erasure;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Messaging;
using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Persons;

public static class PersonsServices
{
    /// <summary>Adds the registration of persons; needs the face engine and its collections.</summary>
    public static IServiceCollection AddPersons(this IServiceCollection services) =>
        services
            .AddSingleton<IRegistrations, Registrations>()
            .AddSingleton<IRequests, AnswerRequests>()
            .AddSingleton<IHeldFaceVotes, HeldFaceVotes>()
            .AddSingleton<IFamilies, Families>()
            .AddSingleton<IMorePhotos, MorePhotos>()
            .AddSingleton<EnrolmentFaces>()
            .AddSingleton<PersonPortraits>()
            .AddSingleton<IExports, Exports>()
            .AddErasure()
            .AddFlow(PersonsFlow.Table);
}
