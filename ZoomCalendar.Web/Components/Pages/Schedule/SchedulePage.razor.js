// Whether this is a phone.
export const isPhone = () => matchMedia("(max-width: 600px)").matches;
